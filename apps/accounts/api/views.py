"""The doors of ``/api/auth/``."""

from __future__ import annotations

from typing import ClassVar

from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts import services
from apps.accounts.api.serializers import userinfo
from apps.accounts.api.shape import auth_error
from apps.accounts.models import User
from apps.common.api import ApiView, NoSuchRoute
from apps.common.http import ErrorShape


class AuthView(ApiView):
    error_shape: ClassVar[ErrorShape] = staticmethod(auth_error)


class UserInfo(AuthView):
    """Who the caller is."""

    def get(self, request: Request) -> Response:
        user: User = self.require_caller()
        return Response(userinfo(user, services.identities_of(user)))

    post = get  # OpenID Connect lets clients choose.


class NoSuchAuthRoute(AuthView, NoSuchRoute):
    """Everything else."""
