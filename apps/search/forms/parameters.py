"""The few parameters of addresses that are no searches: a subject, an entry, a prefix, a flag."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from apps.search.errors import InvalidQuery
from apps.search.forms.limits import MAX_ENTRY_ID_BYTES, MAX_SUBJECT_BYTES, MAX_TEXT_CHARACTERS
from apps.search.forms.problems import Problems, shown
from apps.search.forms.reading import REQUIRED, fault_of, nearest

MAX_SUGGESTIONS = 100
UNHEARD = ("result_format_version", "query_template", "resource_type")
"""Parameters of older clients that change nothing here."""


@dataclass(frozen=True, slots=True)
class RecordAsk:
    subject: str
    entry_id: str
    sees_all: bool


@dataclass(frozen=True, slots=True)
class SuggestionAsk:
    prefix: str
    size: int


def record(parameters: Mapping[str, str], *, is_entry: bool) -> RecordAsk:
    """``subject``, ``bypass_visible_to``, and of an entry its ``entry_id`` (absent: the null entry).

    Raises:
        InvalidQuery: with all that is wrong; an ``entry_id`` where a whole subject would be read, or removed, is too.
    """
    problems = Problems("query")
    subject = _text(parameters, "subject", MAX_SUBJECT_BYTES, problems)
    entry_id = _text(parameters, "entry_id", MAX_ENTRY_ID_BYTES, problems) if is_entry else ""
    if is_entry and parameters.get("entry_id") == "":
        problems.add(("entry_id",), "must not be empty; leave it out for the null entry")
    if not subject and not len(problems):
        problems.add(("subject",), REQUIRED)
    _refuse_others(parameters, ("subject", "bypass_visible_to", *(["entry_id"] if is_entry else [])), problems)
    problems.check(InvalidQuery)
    return RecordAsk(subject, entry_id, flag(parameters, "bypass_visible_to"))


def suggestion(parameters: Mapping[str, str]) -> SuggestionAsk:
    """``q``, what was typed so far, and ``size``. Raises as ``record``."""
    problems = Problems("query")
    prefix = _text(parameters, "q", MAX_TEXT_CHARACTERS, problems)
    size = parameters.get("size", "8")
    if not (size.isascii() and size.isdigit() and len(size) < 5 and 1 <= int(size) <= MAX_SUGGESTIONS):
        problems.add(("size",), f"must be a whole number from 1 to {MAX_SUGGESTIONS}")
    _refuse_others(parameters, ("q", "size"), problems)
    problems.check(InvalidQuery)
    return SuggestionAsk(prefix, int(size))


def is_rehearsal(parameters: Mapping[str, str]) -> bool:
    """``dry_run`` of an ingest. What is almost that word is refused, because it would write."""
    problems = Problems("query")
    _refuse_others(parameters, ("dry_run",), problems)
    problems.check(InvalidQuery)
    return flag(parameters, "dry_run")


def flag(parameters: Mapping[str, str], name: str) -> bool:
    """A flag as any of the clients writes it: ``True``, ``true``, ``1``, ``False``, ``false``, ``0``."""
    word = parameters.get(name, "false").lower()
    if word not in {"true", "1", "false", "0"}:
        raise InvalidQuery(f"{shown(word)!r} is neither true nor false.", place=name)
    return word in {"true", "1"}


def _text(parameters: Mapping[str, str], name: str, most: int, problems: Problems) -> str:
    text = parameters.get(name, "")
    fault = fault_of(text, most)
    if not fault and len(text.encode()) > most and name != "q":
        fault = f"must be at most {most} bytes long"
    if fault:
        problems.add((name,), fault)
    return text


def _refuse_others(parameters: Mapping[str, str], known: Collection[str], problems: Problems) -> None:
    for name in parameters:
        if name not in known and name not in UNHEARD:
            problems.add((name,), f"This parameter is not known.{nearest(name, known)}")
