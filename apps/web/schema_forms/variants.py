"""Forms of which one is chosen, and what they are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from jsonschema.protocols import Validator

from apps.web.schema_forms.about import text_in
from apps.web.schema_forms.conditions import holds
from apps.web.schema_forms.fields import Field, Kind

_SIMPLE = {Kind.TEXT, Kind.LONG, Kind.NUMBER, Kind.INTEGER, Kind.RAW}
_NAMES = {
    Kind.TEXT: "Text",
    Kind.LONG: "Text",
    Kind.NUMBER: "Number",
    Kind.INTEGER: "Whole number",
    Kind.LIST: "List",
    Kind.FLAG: "Yes or no",
    Kind.CHOICE: "Choice",
    Kind.GROUP: "Several fields",
}


@dataclass(frozen=True, slots=True)
class Variant:
    """``plain`` is the schema that the field is made of, ``schema`` the one by which it is judged, ``number`` its place
    in the list that it stands in."""

    field: Field
    plain: Mapping[str, Any]
    schema: Any
    number: int


def one_of(variants: Sequence[Variant], options: Any, judge: Validator) -> dict[str, Any]:
    """One field where all are the same; else variants."""
    kinds = [one.field.kind for one in variants]
    if len(set(kinds)) == 1 and set(kinds) <= _SIMPLE and not any(text_in(one.plain, "title") for one in variants):
        formats = {one.field.format for one in variants}
        return {"kind": kinds[0], "format": formats.pop() if len(formats) == 1 else ""}
    fields = tuple(_named(one, at, kinds, judge) for at, one in enumerate(variants))
    return {"kind": Kind.VARIANTS, "fields": fields, "options": list(options)}


def _named(one: Variant, at: int, kinds: Sequence[Kind], judge: Validator) -> Field:
    def accepts(value: Any) -> bool:
        return holds(one.schema, value, judge)

    return replace(one.field, key=str(one.number), label=_label(one, at, kinds), accepts=accepts)


def _label(one: Variant, at: int, kinds: Sequence[Kind]) -> str:
    """Its title, or the value by which it is known, or what kind of value it is."""
    known = (str(part.value) for part in one.field.fields if part.kind is Kind.FIXED and isinstance(part.value, str))
    kind = one.field.kind
    alone = _NAMES.get(kind, "Form") if kinds.count(kind) == 1 and kind in _NAMES else ""
    return text_in(one.plain, "title") or next(known, "") or alone or f"{_NAMES.get(kind, 'Form')} {at + 1}"
