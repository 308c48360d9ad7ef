"""What the views of ``/api/groups/`` share."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, ClassVar

from rest_framework.response import Response
from rest_framework.serializers import Serializer

from apps.accounts import services
from apps.accounts.errors import NoSuchGroup
from apps.accounts.groups_api.shapes import error
from apps.accounts.models import Group, User
from apps.common.api import ApiView, NoSuchRoute
from apps.common.errors import Invalid
from apps.common.http import ErrorShape
from apps.common.parsing import StrictJSONParser, id_in, words_in

SCOPE = "urn:globus:auth:scope:groups.api.globus.org:"


class GroupsView(ApiView):
    """A view of ``/api/groups/``: only for who says who they are, and what is wrong with a request is a 422."""

    error_shape: ClassVar[ErrorShape] = staticmethod(error)
    parser_classes = (StrictJSONParser,)
    resource_server = "groups.api.globus.org"
    scopes_to_read = (f"{SCOPE}view_my_groups_and_memberships", f"{SCOPE}all")
    scopes_to_write = (f"{SCOPE}all",)

    @property
    def actor(self) -> User:
        return self.require_caller()  # type: ignore[no-any-return]  # a User: the settings name no other

    def initial(self, *args: Any, **kwargs: Any) -> None:
        super().initial(*args, **kwargs)
        self.require_caller()

    def handle_exception(self, exc: Exception) -> Response:
        response = super().handle_exception(exc)
        if response.status_code == HTTPStatus.BAD_REQUEST:
            response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return response

    def group(self, group_id: str) -> Group:
        """The group in the address."""
        return services.get_group(id_in(group_id, NoSuchGroup), actor=self.actor)

    def read(self, document: type[Serializer[Any]]) -> dict[str, Any]:
        """The body, checked."""
        asked = document(data=self.request.data)
        asked.is_valid(raise_exception=True)
        return dict(asked.validated_data)

    def chosen(self, parameter: str, *, of: tuple[str, ...]) -> list[str]:
        """The words of a parameter, between commas or in several parameters of the name.

        Raises:
            Invalid: one is not in ``of``.
        """
        words = words_in(",".join(self.request.query_params.getlist(parameter)))
        for word in words:
            if word not in of:
                raise Invalid(f"{word[:50]!r} is none of {', '.join(of)}.", place=parameter)
        return words


class NoSuchGroupsRoute(NoSuchRoute):
    """An error of Groups for what is none of the addresses."""

    error_shape: ClassVar[ErrorShape] = staticmethod(error)
