"""The door to one file: who may come in by it, and what those are told who may not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote, unquote_to_bytes, urlencode
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from rest_framework.request import Request

from apps.accounts.services import scopes
from apps.common.api import ApiView
from apps.common.errors import NotAuthenticated
from apps.storage import services as storage
from apps.storage.errors import AccessDenied, NoSuchCollection
from apps.storage.services.files import OpenCollection
from apps.storage.types import FilePath

HTTPS = "https"


class FileView(ApiView):
    """``/files/<collection>/<path>``. Anonymous callers come in, too: a rule may let them.

    ``address`` is the one that was asked for, without its query.
    """

    collection_id: UUID
    path: FilePath
    address: str

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """A token is good here if it is one of this very collection, for its files."""
        self.collection_id = kwargs["collection_id"]
        self.resource_server = str(self.collection_id)  # type: ignore[misc]  # of this request's collection, not of the class
        scope = (scopes.url(str(self.collection_id), HTTPS),)
        self.scopes_to_read = self.scopes_to_write = scope  # type: ignore[misc]  # likewise
        super().initial(request, *args, **kwargs)
        before = request.META["PATH_INFO"].removesuffix(kwargs["path"]).encode()
        asked = _bytes_of_path(request)
        self.address = quote(asked)
        self.path = FilePath.parse("/" + asked.removeprefix(before).decode(errors="surrogateescape"))

    @contextmanager
    def opened(self) -> Iterator[OpenCollection]:
        """The files of the collection, for what the caller may do there.

        Raises:
            NoSuchCollection: the caller is told of none with this id.
        """
        collection = storage.get_collection(self.collection_id, actor=self.request.user)
        with storage.opened(collection, actor=self.request.user) as files:
            yield files

    def handle_exception(self, exc: Exception) -> Any:
        """Who is nobody may become somebody: they are told to, and nothing else."""
        if isinstance(exc, AccessDenied | NoSuchCollection) and self.request.user is None:
            if self._is_a_visit():
                return self._to_sign_in()
            exc = NotAuthenticated()
        return super().handle_exception(exc)

    def _is_a_visit(self) -> bool:
        is_script = self.request.headers.get("X-Requested-With") == "XMLHttpRequest"
        return self.request.method in {"GET", "HEAD"} and not is_script

    def _to_sign_in(self) -> HttpResponseBase:
        """Programs of the field read from this address which collection it is; a script is told 401 (H1)."""
        query = self.request.META.get("QUERY_STRING", "")
        asked = {
            "client_id": self.collection_id,
            "response_type": "code",
            "scope": scopes.url(str(self.collection_id), HTTPS),
            "redirect_uri": f"{settings.PUBLIC_URL}{self.address}{query and '?'}{query}",
        }
        answer = HttpResponse(status=302)
        answer["Location"] = f"{settings.PUBLIC_URL}{reverse('authorize')}?{urlencode(asked)}"
        return answer


def _bytes_of_path(request: Request) -> bytes:
    """The path of the address. Django's own reading does not tell bytes that are no UTF-8 from their escapes: where the
    server (gunicorn) tells the address as it was sent, that is read.
    """
    told, sent = request.META["PATH_INFO"], request.META.get("RAW_URI", "").partition("?")[0]
    return unquote_to_bytes(sent) if "%" in told and sent.startswith("/") else told.encode()
