"""Fields of one input: texts, and values of which one is chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from apps.common.json_formats import OURS
from apps.web.schema_forms.about import text_in
from apps.web.schema_forms.fields import Choice, Kind
from apps.web.values import value as value_of

LONG = 1000
"""From so many signs on a text has lines; one of a format never has."""
_TEXTS = {
    "date": Kind.DATE,
    "time": Kind.TIME,
    "date-time": Kind.MOMENT,
    "password": Kind.SECRET,
    "textarea": Kind.LONG,
    "globus-principal": Kind.PRINCIPAL,
}
_VOCABULARIES = {"globus-collection-id": "collections"}


def text(schema: Mapping[str, Any], widget: str) -> dict[str, Any]:
    form = str(schema.get("format", ""))
    vocabulary = text_in(schema, "x-vocabulary") or _VOCABULARIES.get(form, "")
    if vocabulary:
        return {"kind": Kind.TERM, "vocabulary": vocabulary}
    longest, default = schema.get("maxLength"), schema.get("default")
    is_long = (isinstance(longest, int) and longest >= LONG) or (isinstance(default, str) and "\n" in default)
    is_long = (is_long and not form) or widget in {"textarea", "markdown"}
    kind = Kind.LONG if is_long else _TEXTS.get(form, Kind.TEXT)
    return {"kind": kind, "format": form if form in OURS else ""}


def flag(schema: Mapping[str, Any], *, is_required: bool) -> dict[str, Any]:
    """A box to tick; where nothing said is something else than no, a choice."""
    if is_required or isinstance(schema.get("default"), bool):
        return {"kind": Kind.FLAG}
    return {"kind": Kind.CHOICE, "choices": (Choice("Yes", value=True), Choice("No", value=False))}


def enumerated(schema: Mapping[str, Any]) -> tuple[Choice, ...]:
    """Of a list of values. ``enumNames`` is older than titles, and much used."""
    names = schema.get("enumNames")
    labels = names if isinstance(names, list) and len(names) == len(schema["enum"]) else [None] * len(schema["enum"])
    return tuple(Choice(_words(told, name), told) for told, name in zip(schema["enum"], labels, strict=True))


def listed(options: Sequence[Mapping[str, Any]]) -> tuple[Choice, ...]:
    """Of schemas that are each one value (``const`` with a title), or some."""
    found: list[Choice] = []
    for one in options:
        found += [Choice(_words(one["const"], one.get("title")), one["const"])] if "const" in one else enumerated(one)
    return tuple(found)


def _words(told: Any, name: Any) -> str:
    if isinstance(name, str) and name:
        return name
    return str(told) if isinstance(told, str | int | float) and not isinstance(told, bool) else value_of(told).text
