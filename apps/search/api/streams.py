"""NDJSON that comes in: lines of any number, read as they arrive, none of them held longer than a part."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from rest_framework.request import Request as HttpRequest

from apps.common.http import is_chunked
from apps.search.errors import BrokenUpload
from apps.search.forms import entries
from apps.search.forms.limits import MAX_LINE_BYTES
from apps.search.types import Operation, Problem

Reader = Callable[[object], Operation]
MOST_PROBLEMS_TOLD = 1000
_TYPES = ("application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines")


def is_ndjson(request: HttpRequest) -> bool:
    return (request.content_type or "").split(";")[0].strip().lower() in _TYPES


def operations(request: HttpRequest) -> Iterator[Operation]:
    """An operation for each line that is not blank; a line that cannot be taken becomes a ``Problem``.

    Raises:
        BrokenUpload: the connection ended early.
    """
    for number, line in enumerate(_lines(request), 1):
        if line is None:
            yield Problem("", "", f"Line {number} is longer than {MAX_LINE_BYTES:,} bytes. Split the subject.")
        elif line.strip():
            yield entries.line(line)


def rehearse(found: Iterator[Operation]) -> tuple[int, int, list[dict[str, Any]]]:
    """How many are valid, how many not, and what is wrong with the first thousand of these."""
    valid = invalid = 0
    problems: list[dict[str, Any]] = []
    for operation in found:
        number = valid + invalid
        if not isinstance(operation, Problem):
            valid += 1
            continue
        invalid += 1
        if len(problems) < MOST_PROBLEMS_TOLD:
            problems.append(
                {"number": number, "subject": operation.subject, "path": operation.path, "reason": operation.reason}
            )
    return valid, invalid, problems


def _lines(request: HttpRequest) -> Iterator[bytes | None]:
    """Each line, or None for one that is too long (which is read past, not kept)."""
    stream, expected = _body(request)
    read, is_inside = 0, False
    while piece := _readline(stream):
        read += len(piece)
        is_end = piece.endswith(b"\n") or len(piece) <= MAX_LINE_BYTES
        if is_end:
            yield None if is_inside else piece
        is_inside = not is_end
    if is_inside:
        yield None
    if expected is not None and read != expected:
        raise BrokenUpload


def _readline(stream: Any) -> bytes:
    try:
        return bytes(stream.readline(MAX_LINE_BYTES + 1))
    except OSError as error:
        raise BrokenUpload from error


def _body(request: HttpRequest) -> tuple[Any, int | None]:
    """Where the bytes come from, and how many there shall be. A chunked body has no length, and Django reads none."""
    bare = request._request
    if is_chunked(request):
        return bare.META["wsgi.input"], None
    return bare, int(bare.META.get("CONTENT_LENGTH") or 0)
