"""The answers to who brings a file, whole or in pieces.

Pieces go by the protocol of Google Cloud Storage's resumable uploads, at the address of the file itself: its pieces are
plain PUTs with the ``Content-Range`` of HTTP, so that curl and ten lines of a script in a browser speak it, and the
address of an upload keeps two of the same file apart. (tus 1.0 would be as good; it needs a method and six headers that
HTTP does not have.)

* ``POST /files/C/PATH`` with ``X-Upload-Content-Length: TOTAL`` begins: 201, with the upload's address as ``Location``
  and how large pieces shall be as ``X-Goog-Upload-Chunk-Granularity``.
* ``PUT`` there with ``Content-Range: bytes FIRST-LAST/TOTAL`` brings a piece: 308, and ``Range: bytes=0-LAST`` tells
  what is kept so far; after the last one 201 or 204. 308 has no ``Location``: nobody follows it anywhere.
* ``PUT`` there with ``Content-Range: bytes */TOTAL`` and no body asks how far it is. Who lost an answer asks so.
* ``DELETE`` there gives up.

A piece may have a ``Content-Digest``. Of a file in pieces nobody compares a ``Repr-Digest``, because a digest that
goes on from request to request cannot be kept; it is refused rather than passed over.
"""

from __future__ import annotations

import json

from django.http import HttpResponse
from django.utils import timezone
from rest_framework.request import Request

from apps.common.errors import Invalid, LengthRequired
from apps.storage.models import Incoming
from apps.storage.services import uploads
from apps.storage.services.conditions import Conditions
from apps.storage.services.files import OpenCollection
from apps.storage.services.receiving import Body, digests_of, piece_of
from apps.storage.types import FilePath

LENGTH, GRANULARITY = "X-Upload-Content-Length", "X-Goog-Upload-Chunk-Granularity"


def whole(request: Request, files: OpenCollection, path: FilePath) -> HttpResponse:
    if "Content-Range" in request.headers:
        raise Invalid("Pieces are brought to an upload: begin one with POST.", place="Content-Range")
    conditions, body = conditions_of(request), _body(request, "Repr-Digest", "Content-Digest")
    etag, is_new = uploads.put(files, path, body, actor=request.user, conditions=conditions, now=timezone.now())
    return _stored(etag, is_new)


def begun(request: Request, files: OpenCollection, path: FilePath, *, address: str) -> HttpResponse:
    size, conditions = _number(request.headers.get(LENGTH, ""), LENGTH), conditions_of(request)
    incoming = uploads.begin(files, path, size, actor=request.user, conditions=conditions, now=timezone.now())
    answer = HttpResponse(json.dumps({"upload": str(incoming.pk), "chunk_size": incoming.chunk_size}), status=201)
    answer["Content-Type"] = "application/json"
    answer["Location"] = f"{address}?upload={incoming.pk}"
    answer[GRANULARITY] = str(incoming.chunk_size)
    return answer


def piece(request: Request, files: OpenCollection, incoming: Incoming) -> HttpResponse:
    if "Repr-Digest" in request.headers:
        raise Invalid("Send a Content-Digest with each piece instead.", place="Repr-Digest")
    brought, body = piece_of(request.headers.get("Content-Range", "")), _body(request, "Content-Digest")
    if body.length != brought.length:
        raise Invalid(f"The body has {body.length} bytes, and the piece {brought.length}.", place="Content-Length")
    uploads.go_on(files, incoming, brought, body, now=timezone.now())
    if incoming.done_at:
        return _stored(incoming.etag, incoming.is_new)
    answer = HttpResponse(status=308)
    if incoming.received:
        answer["Range"] = f"bytes=0-{incoming.received - 1}"
    return answer


def conditions_of(request: Request) -> Conditions:
    asked = request.headers
    return Conditions(asked.get("If-Match", ""), asked.get("If-None-Match", ""))


def _stored(etag: str, is_new: bool) -> HttpResponse:
    answer = HttpResponse(status=201 if is_new else 204)
    if etag:
        answer["ETag"] = etag
    return answer


def _body(request: Request, *digests: str) -> Body:
    """The bytes as they come. What says of itself that it is packed would be kept so, and given as if it were not."""
    if request.headers.get("Content-Encoding", "identity") != "identity":
        raise Invalid("Send the bytes of the file as they are.", place="Content-Encoding")
    told = request.META.get("CONTENT_LENGTH")
    if not told:
        raise LengthRequired
    found = [one for name in digests for one in digests_of(request.headers.get(name, ""), place=name)]
    return Body(request._request, _number(told, "Content-Length"), found)


def _number(told: str, place: str) -> int:
    if not told.isascii() or not told.isdigit() or len(told) > 18:
        raise Invalid("Say how many bytes there are.", place=place)
    return int(told)
