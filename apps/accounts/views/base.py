"""What all pages of an account have in common."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache

from apps.accounts.models import User
from apps.common.errors import NotAllowed, NotFound, TooMany


@method_decorator([login_required, never_cache], name="dispatch")
class AccountPage(View):
    """A page of the one who is signed in; what is not theirs does not exist."""

    user: User
    template = ""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.user = request.user  # type: ignore[assignment]  # dispatch sends nobody away before it is used

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().dispatch(request, *args, **kwargs)
        except NotFound as error:
            raise Http404(error.message) from error
        except NotAllowed as error:
            raise PermissionDenied(error.message) from error
        except TooMany as error:
            return render(request, "accounts/too_many.html", {"message": error.message}, status=429)

    def page(self, **values: object) -> HttpResponse:
        return render(self.request, self.template, values)
