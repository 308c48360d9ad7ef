"""What the doors of ``/api/transfer/`` share."""

from __future__ import annotations

from typing import Any, ClassVar

from rest_framework.response import Response

from apps.access.services import Actor
from apps.accounts.models import User
from apps.accounts.services import scopes
from apps.common.api import ApiView, NoSuchRoute
from apps.common.errors import Invalid
from apps.common.http import ErrorShape
from apps.common.parsing import StrictJSONParser, id_in
from apps.storage import services as storage
from apps.storage.errors import NoSuchCollection
from apps.storage.models import Collection
from apps.transfer.forms import documents


class TransferView(ApiView):
    """A view of the Transfer API. Answers are documents with a ``DATA_TYPE``."""

    resource_server = scopes.TRANSFER
    scopes_to_read = scopes_to_write = (scopes.urn(scopes.TRANSFER, "all"),)
    parser_classes = [StrictJSONParser]
    error_shape: ClassVar[ErrorShape] = staticmethod(documents.error)

    @property
    def actor(self) -> Actor:
        return self.request.user

    @property
    def user(self) -> User:
        """Who asks.

        Raises:
            NotAuthenticated: nobody does.
        """
        return self.require_caller()  # type: ignore[no-any-return]  # a User: the settings name no other

    def collection(self, collection_id: str) -> Collection:
        """
        Raises:
            NoSuchCollection: the caller is told of none with this id.
        """
        return storage.get_collection(id_in(collection_id, NoSuchCollection), actor=self.user)

    def document(self, data_type: str) -> dict[str, Any]:
        """The body, a document of this type.

        Raises:
            Invalid: it is none.
        """
        told = self.request.data
        if not isinstance(told, dict):
            raise Invalid("Send a JSON document.")
        if told.get("DATA_TYPE", data_type) != data_type:
            raise Invalid(f'Send a document with "DATA_TYPE": "{data_type}".', place="DATA_TYPE")
        return told

    def done(self, code: str, message: str, *, kind: str = "result", status: int = 200, **more: Any) -> Response:
        """A result document."""
        return Response(documents.result(self.request.path, self.request_id, code, message, kind, **more), status)


class NoSuchTransferRoute(NoSuchRoute):
    """What none of the addresses takes."""

    resource_server = scopes.TRANSFER
    error_shape: ClassVar[ErrorShape] = staticmethod(documents.error)
