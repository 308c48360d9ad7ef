"""Entries as a stream of lines, one GMetaEntry each. A bad line is a ``Problem`` in its place; the rest goes on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from apps.common.errors import PortalError
from apps.search.forms import json_text
from apps.search.forms.entries import draft
from apps.search.forms.limits import MAX_ENTRY_BYTES, MAX_SUBJECT_BYTES
from apps.search.forms.problems import Problems
from apps.search.forms.reading import Value, fault_of
from apps.search.types import EntryDraft, Problem

MAX_LINE_BYTES = MAX_ENTRY_BYTES + 200_000
"""An entry, its subject and a thousand principals."""


def entries(chunks: Iterable[bytes]) -> Iterator[EntryDraft | Problem]:
    """Read a stream that comes in pieces of any size, and hold no more of it than a line. Blank lines are skipped."""
    for number, line in enumerate(_lines(chunks), start=1):
        if line is None:
            yield Problem("", "", f"line {number}: longer than {MAX_LINE_BYTES} bytes")
        elif line.strip():
            yield entry(line, number)


def entry(line: bytes, number: int) -> EntryDraft | Problem:
    """Read one line."""
    try:
        raw = json_text.parse(line, most_bytes=MAX_LINE_BYTES)
    except PortalError as error:
        return Problem("", "", f"line {number}: {error.message}")
    problems = Problems()
    read = draft(Value(raw, (), problems))
    if not len(problems):
        return read
    path, reason = problems.first()
    return Problem(_subject_of(raw), path, f"line {number}: {reason}")


def _subject_of(raw: object) -> str:
    """The subject of a line that is bad in some other way, if a report can hold it."""
    subject = raw.get("subject") if isinstance(raw, dict) else None
    return subject if isinstance(subject, str) and not fault_of(subject, MAX_SUBJECT_BYTES) else ""


def _lines(chunks: Iterable[bytes]) -> Iterator[bytes | None]:
    """Lines without their ends; None for one that is too long, of which nothing is kept."""
    rest, is_skipping = b"", False
    for chunk in chunks:
        *whole, rest = (rest + chunk).split(b"\n")
        for line in whole:
            yield None if is_skipping or len(line) > MAX_LINE_BYTES else line
            is_skipping = False
        if len(rest) > MAX_LINE_BYTES:
            rest, is_skipping = b"", True
    if rest or is_skipping:
        yield None if is_skipping else rest
