"""Applications that register themselves: one for each installation of a program."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.api import serializers
from apps.accounts.api.base import OpenView
from apps.accounts.api.limits import limit_all, limit_failures
from apps.accounts.errors import NoSuchApplication
from apps.accounts.models import Application
from apps.accounts.oauth.server import require_client
from apps.accounts.services import applications
from apps.common.errors import Invalid
from apps.common.parsing import StrictJSONParser, id_in


class Clients(OpenView):
    """A12: an instance of a program that is known here, such as the ``globus`` command, with a secret of its own."""

    parser_classes = [StrictJSONParser]

    @limit_all
    def post(self, request: Request) -> Response:
        asked = request.data.get("client") if isinstance(request.data, dict) else None
        if not isinstance(asked, dict):
            raise Invalid('Send {"client": {"template_id": …, "name": …}}.', place="client")
        unknown = "Only installations of programs that are known here register themselves."
        template_id = id_in(asked.get("template_id"), Invalid(unknown, place="client.template_id"))
        name = asked.get("name") or "An application"
        if not isinstance(name, str) or not name.isprintable():
            raise Invalid("A name is a line of text.", place="client.name")
        made = applications.make_instance(template_id, name=name)
        return Response(serializers.registered(*made), status=201)


class OneClient(OpenView):
    """A13: an installation takes itself away."""

    @limit_failures
    def delete(self, request: Request, client_id: UUID) -> Response:
        application = _own(request._request, client_id)
        told = serializers.application(application)
        applications.delete_application(application)
        return Response({"client": told})

    @limit_failures
    def get(self, request: Request, client_id: UUID) -> Response:
        return Response({"client": serializers.application(_own(request._request, client_id))})


def _own(request: HttpRequest, client_id: UUID) -> Application:
    application = require_client(request)
    if application.pk != client_id:
        raise NoSuchApplication
    return application
