"""What is written: ingest documents, single entries, patches and lists of subjects to delete, checked whole.

Two severities. In one JSON document every fault is told and nothing is taken (``ingest``, ``entry``). In a stream of
lines each stands for itself: a bad one is a ``Problem`` in its place (``line``), and the rest goes on.
"""

from __future__ import annotations

import re

from apps.common.errors import PortalError
from apps.search.errors import InvalidDocument
from apps.search.forms import json_text
from apps.search.forms.content import content
from apps.search.forms.limits import (
    MAX_CONDITIONS,
    MAX_ENTRY_ID_BYTES,
    MAX_GEO_FIELDS,
    MAX_LINE_BYTES,
    MAX_SUBJECT_BYTES,
    MAX_SUBJECTS,
)
from apps.search.forms.principals import principal_sets, principals
from apps.search.forms.problems import Problems
from apps.search.forms.reading import Fields, Value, fault_of
from apps.search.types import EntryDraft, EntryPatch, IngestRequest, Problem, Scalar

_MANY = 1_000_000
"""Entries of one document; its bytes are bounded at the door long before."""

_UNHEARD = ("mimetype", "source_id")
"""Keys of older clients that change nothing here."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def ingest(raw: object) -> IngestRequest:
    """Read a GIngest.

    Raises:
        InvalidDocument: with every fault of every entry in ``details["messages"]``
            (``json.ingest_data.gmeta.3.visible_to``).
    """
    problems = Problems()
    asked = Value(raw, (), problems).required().fields()
    kind = asked["ingest_type"].required().choice(("GMetaEntry", "GMetaList"), "")
    source = asked["ingest_data"]
    entries: tuple[EntryDraft, ...] = ()
    if kind == "GMetaEntry":
        entries = (draft(source),)
    elif kind == "GMetaList":
        listed = source.required().fields()
        entries = tuple(draft(each) for each in listed["gmeta"].required().items(_MANY))
        listed.refuse_others(*_UNHEARD)
    mapping = _field_mapping(asked["field_mapping"])
    asked.refuse_others(*_UNHEARD)
    problems.check(InvalidDocument)
    return IngestRequest(entries, mapping)


def entry(raw: object) -> EntryDraft:
    """Read a single GMetaEntry. Raises InvalidDocument as ``ingest`` does."""
    problems = Problems()
    read = draft(Value(raw, (), problems))
    problems.check(InvalidDocument)
    return read


def line(raw: bytes) -> EntryDraft | Problem:
    """Read one line of NDJSON: a GMetaEntry, or what is wrong with it."""
    try:
        parsed = json_text.parse(raw, most_bytes=MAX_LINE_BYTES)
    except PortalError as error:
        return Problem("", "", error.message)
    problems = Problems()
    read = draft(Value(parsed, (), problems))
    if not len(problems):
        return read
    path, reason = problems.summary()
    return Problem(_subject_of(parsed), path, reason)


def patch(raw: object) -> EntryPatch:
    """Read a change of an entry: what is absent stays. Raises InvalidDocument as ``ingest`` does."""
    problems = Problems()
    asked = Value(raw, (), problems).required().fields()
    change, visible_to, sets = asked["content"], asked["visible_to"], asked["principal_sets"]
    read = EntryPatch(
        subject=_subject(asked["subject"]),
        entry_id=_entry_id(asked),
        content=content(change) if change.is_given else None,
        visible_to=principals(visible_to) if visible_to.is_given else None,
        principal_sets=principal_sets(sets) if sets.is_given else None,
        only_if=_conditions(asked["only_if"]),
    )
    asked.refuse_others(*_UNHEARD)
    problems.check(InvalidDocument)
    return read


def subjects(raw: object) -> tuple[str, ...]:
    """Read the body of batch_delete_by_subject, each subject once. Raises InvalidDocument as ``ingest`` does."""
    problems = Problems()
    asked = Value(raw, (), problems).required().fields()
    listed = asked["subjects"].required().items(MAX_SUBJECTS, least=1)
    read = tuple(dict.fromkeys(_subject(each) for each in listed))
    asked.refuse_others()
    problems.check(InvalidDocument)
    return read


def draft(value: Value) -> EntryDraft:
    """Read one GMetaEntry. When a fault of it was told to the value's problems, the draft is not to be used."""
    asked = value.required().fields()
    read = EntryDraft(
        subject=_subject(asked["subject"]),
        entry_id=_entry_id(asked),
        content=content(asked["content"].required()),
        visible_to=principals(asked["visible_to"].required()),
        principal_sets=principal_sets(asked["principal_sets"]),
        only_if=_conditions(asked["only_if"]),
    )
    asked.refuse_others(*_UNHEARD)
    return read


def _subject(value: Value) -> str:
    return _name(value.required(), MAX_SUBJECT_BYTES)


def _entry_id(asked: Fields) -> str:
    """ "" is the null entry; so an id may not be empty."""
    return _name(asked["id"], MAX_ENTRY_ID_BYTES)


def _name(value: Value, most_bytes: int) -> str:
    """A name that fits into addresses, logs and keys of an engine."""
    name = value.text(least=1)
    if len(name.encode()) > most_bytes:
        value.wrong(f"must be at most {most_bytes} bytes long as UTF-8")
    if _CONTROL.search(name):
        value.wrong("must not hold control characters")
    return name


def _subject_of(raw: object) -> str:
    """The subject of a line that is bad in some other way, if a report can hold it."""
    subject = raw.get("subject") if isinstance(raw, dict) else None
    return subject if isinstance(subject, str) and not fault_of(subject, MAX_SUBJECT_BYTES) else ""


def _conditions(value: Value) -> dict[str, Scalar | None]:
    """Paths, and what has to stand there. An addition of this portal's."""
    asked = value.fields()
    if len(asked.raw) > MAX_CONDITIONS:
        value.wrong(f"must hold at most {MAX_CONDITIONS} paths")
        return {}
    return {_path_of(each): each.scalar() if each.is_given else None for each in asked}


def _path_of(value: Value) -> str:
    """Where the key of a value leads."""
    return Value(value.place[-1], value.place, value.problems).path()


def _field_mapping(value: Value) -> dict[str, str]:
    asked = value.fields()
    if len(asked.raw) > MAX_GEO_FIELDS:
        value.wrong(f"must hold at most {MAX_GEO_FIELDS} fields")
        return {}
    kinds = {each: each.required().choice(("geo_point", "geo_shape"), "") for each in asked}
    return {_path_of(each): kind for each, kind in kinds.items()}
