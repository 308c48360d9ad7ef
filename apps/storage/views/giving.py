"""The answer that gives a file, or a part of it."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header, http_date
from rest_framework.request import Request

from apps.common.errors import PortalError
from apps.storage.services.conditions import Conditions, etag_of
from apps.storage.services.elsewhere import WORTH_A_DETOUR, location_of, url_of
from apps.storage.services.files import OpenCollection
from apps.storage.services.serving import SHOWN, NotSatisfiable, Part, is_known, part_of, still_holds
from apps.storage.types import Entry

POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def given(request: Request, files: OpenCollection, entry: Entry) -> HttpResponseBase:
    """
    Raises:
        PreconditionFailed: the file is another than the caller wants a part of.
    """
    asked, etag = request.headers, etag_of(entry)
    Conditions(if_match=asked.get("If-Match", "")).require(entry)
    if is_known(etag, asked.get("If-None-Match", ""), entry.modified_at, asked.get("If-Modified-Since", "")):
        return _described(HttpResponse(status=304), request, entry)
    if (elsewhere := _elsewhere(request, files, entry)) is not None:
        return elsewhere
    try:
        part = _part(request, entry)
    except NotSatisfiable:
        answer = HttpResponse(status=416)
        answer["Content-Range"] = f"bytes */{entry.size}"
        return answer
    return _described(_bytes(request, files, entry, part), request, entry)


def _elsewhere(request: Request, files: OpenCollection, entry: Entry) -> HttpResponseBase | None:
    """Where somebody else sends the bytes: the storage itself, or nginx. HEAD asks about the file, which is known."""
    if request.method != "GET":
        return None
    if _leaves_easily(request, entry) and (url := url_of(files, entry)):
        headers = {"Location": url, "Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
        return HttpResponse(status=307, headers=headers)
    if "If-Match" not in request.headers and (location := location_of(files, entry.path)):
        answer = _described(HttpResponse(), request, entry)
        answer["X-Accel-Redirect"] = location
        del answer["Accept-Ranges"]  # nginx says so too, and would say it twice
        return answer
    return None


def _leaves_easily(request: Request, entry: Entry) -> bool:
    """A small file is there before a second server has been called. A browser that loads a picture or runs a script
    may not follow to another origin, and says that it does: then the bytes come from here.
    """
    return entry.size >= WORTH_A_DETOUR and request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"


def kept_open(answer: HttpResponseBase, until_sent: ExitStack) -> HttpResponseBase:
    """Let go of what the answer reads from when it is sent, or will not be."""
    if isinstance(answer, StreamingHttpResponse):
        answer.streaming_content = _Sent(answer.streaming_content, until_sent.pop_all())
    return answer


def _part(request: Request, entry: Entry) -> Part | None:
    """What is asked for; None for all. A range has a meaning for GET alone (RFC 9110, 14.2)."""
    asked = request.headers
    if request.method != "GET" or not still_holds(etag_of(entry), entry.modified_at, asked.get("If-Range", "")):
        return None
    return part_of(asked.get("Range", ""), entry.size)


def _bytes(request: Request, files: OpenCollection, entry: Entry, part: Part | None) -> HttpResponseBase:
    asked = part or Part(0, entry.size)
    answer: HttpResponseBase
    if request.method == "HEAD":
        answer = HttpResponse()
    else:
        answer = StreamingHttpResponse(_read(files, entry, asked), status=206 if part else 200)
    if part:
        answer["Content-Range"] = f"bytes {part.start}-{part.start + part.length - 1}/{entry.size}"
    answer["Content-Length"] = str(asked.length)
    return answer


def _described(answer: HttpResponseBase, request: Request, entry: Entry) -> HttpResponseBase:
    kind = mimetypes.guess_type(entry.path.name)[0] or "application/octet-stream"
    is_shown = kind in SHOWN and "download" not in request.query_params
    answer["Content-Type"] = f"{kind}; charset=utf-8" if kind.startswith("text/") and is_shown else kind
    answer["Content-Disposition"] = content_disposition_header(not is_shown, _written(entry)) or "attachment"
    answer["Accept-Ranges"] = "bytes"
    answer["Content-Security-Policy"] = POLICY
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Cache-Control"] = "private, no-cache"
    answer.is_as_stored = True  # type: ignore[attr-defined]  # ``Compress`` leaves it alone
    if etag := etag_of(entry):
        answer["ETag"] = etag
    if entry.modified_at:
        answer["Last-Modified"] = http_date(entry.modified_at.timestamp())
    return answer


def _written(entry: Entry) -> str:
    """The name to save it under: no header can say what is no UTF-8 in it, or a line break."""
    readable = entry.path.name.encode(errors="surrogateescape").decode(errors="replace")
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", readable)


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
