"""Files by HTTPS (H1): for browsers by their session, for programs by a token of the collection's own.

Files are users' own and may hold anything: none is ever given in a way that lets it run as a page of the portal.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any
from urllib.parse import quote, urlencode
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import content_disposition_header, http_date
from rest_framework.request import Request

from apps.accounts.services import scopes
from apps.common.api import ApiView
from apps.common.errors import NotAuthenticated, PortalError
from apps.storage import services as storage
from apps.storage.errors import AccessDenied, NoSuchCollection, NotAFile
from apps.storage.services.files import OpenCollection
from apps.storage.services.serving import SHOWN, NotSatisfiable, Part, is_known, part_of, still_holds
from apps.storage.types import Entry, FilePath

POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
HTTPS = "https"


class Data(ApiView):
    """``/files/<collection>/<path>``: one file."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """A token is good here if it is one of this very collection, for its files."""
        collection_id = str(kwargs["collection_id"])
        self.resource_server = collection_id  # type: ignore[misc]  # of this request's collection, not of the class
        self.scopes_to_read = (scopes.url(collection_id, HTTPS),)  # type: ignore[misc]  # too
        super().initial(request, *args, **kwargs)

    def get(self, request: Request, collection_id: UUID, path: str) -> HttpResponseBase:
        try:
            return self._file(collection_id, FilePath.parse(f"/{path}"))
        except (AccessDenied, NoSuchCollection):
            if request.user is None:
                return self._to_sign_in(collection_id)
            raise

    head = get

    def _file(self, collection_id: UUID, path: FilePath) -> HttpResponseBase:
        collection = storage.get_collection(collection_id, actor=self.request.user)
        with ExitStack() as until_sent:
            files = until_sent.enter_context(storage.opened(collection, actor=self.request.user))
            files.require("r", path)
            entry = files.stat(path)
            if not entry.is_file:
                raise NotAFile("This is a folder. List it by the Transfer API.", place="path")
            answer = self._answer(files, entry)
            if isinstance(answer, StreamingHttpResponse):
                answer.streaming_content = _Sent(answer.streaming_content, until_sent.pop_all())
            return answer

    def _answer(self, files: OpenCollection, entry: Entry) -> HttpResponseBase:
        asked = self.request.headers
        etag = f'"{quote(entry.version, safe="")}"' if entry.version else ""
        if is_known(etag, asked.get("If-None-Match", ""), entry.modified_at, asked.get("If-Modified-Since", "")):
            return self._described(HttpResponse(status=304), entry, etag)
        wanted = asked.get("Range", "") if still_holds(etag, entry.modified_at, asked.get("If-Range", "")) else ""
        try:
            part = part_of(wanted, entry.size) if wanted else None
        except NotSatisfiable:
            answer = HttpResponse(status=416)
            answer["Content-Range"] = f"bytes */{entry.size}"
            return answer
        return self._described(self._bytes(files, entry, part), entry, etag)

    def _bytes(self, files: OpenCollection, entry: Entry, part: Part | None) -> HttpResponseBase:
        asked = part or Part(0, entry.size)
        answer: HttpResponseBase
        if self.request.method == "HEAD":
            answer = HttpResponse(status=206 if part else 200)
        else:
            answer = StreamingHttpResponse(_read(files, entry, asked), status=206 if part else 200)
        if part:
            answer["Content-Range"] = f"bytes {part.start}-{part.start + part.length - 1}/{entry.size}"
        answer["Content-Length"] = str(asked.length)
        return answer

    def _described(self, answer: HttpResponseBase, entry: Entry, etag: str) -> HttpResponseBase:
        kind = mimetypes.guess_type(entry.path.name)[0] or "application/octet-stream"
        is_shown = kind in SHOWN and "download" not in self.request.query_params
        answer["Content-Type"] = f"{kind}; charset=utf-8" if kind.startswith("text/") and is_shown else kind
        answer["Content-Disposition"] = content_disposition_header(not is_shown, entry.path.name) or "attachment"
        answer["Accept-Ranges"] = "bytes"
        answer["Content-Security-Policy"] = POLICY
        answer["Cross-Origin-Resource-Policy"] = "same-origin"
        answer["Cache-Control"] = "private, no-cache"
        answer.is_as_stored = True  # type: ignore[attr-defined]  # ``Compress`` leaves it alone
        if etag:
            answer["ETag"] = etag
        if entry.modified_at:
            answer["Last-Modified"] = http_date(entry.modified_at.timestamp())
        return answer

    def _to_sign_in(self, collection_id: UUID) -> HttpResponseBase:
        """Programs of the field read from this address which collection it is; a script is told 401 (H1)."""
        if self.request.headers.get("X-Requested-With") == "XMLHttpRequest":
            raise NotAuthenticated
        asked = {
            "client_id": collection_id,
            "response_type": "code",
            "scope": scopes.url(collection_id, HTTPS),
            "redirect_uri": f"{settings.PUBLIC_URL}{self.request.get_full_path()}",
        }
        answer = HttpResponse(status=302)
        answer["Location"] = f"{settings.PUBLIC_URL}{reverse('authorize')}?{urlencode(asked)}"
        return answer


class _Sent:
    """The bytes, and what is to be let go of behind them, whether they are all sent or not."""

    def __init__(self, pieces: Any, then: ExitStack) -> None:
        self._pieces, self._then = pieces, then

    def __iter__(self) -> Iterator[Any]:
        yield from self._pieces
        self.close()

    def close(self) -> None:
        self._then.close()


def _read(files: OpenCollection, entry: Entry, part: Part) -> Iterator[bytes]:
    """The bytes of the very file that was described. One that changes on the way is cut short, which callers notice."""
    try:
        yield from files.read(entry, start=part.start, length=part.length)
    except PortalError as error:
        raise ConnectionAbortedError(str(error)) from error
