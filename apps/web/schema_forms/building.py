"""From a JSON Schema to the fields of a form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from apps.web.schema_forms.fields import ABSENT, Choice, Field, Kind
from apps.web.schema_forms.schemas import Schemas, Unplain, types_of
from apps.web.values import label as label_of
from apps.web.values import value as value_of

MOST_LEVELS = 8
"""Deeper parts, and those that hold themselves, are written as JSON."""
LONG = 1000
"""From so many signs on a text has lines; one of a format never has."""
MOST_EXAMPLE = 80
MOST_BEGUN = 20
OUTERMOST = 3
"""Lists deeper in begin without items: those of a list of lists would be too many."""
_TEXTS = {
    "date": Kind.DATE,
    "time": Kind.TIME,
    "date-time": Kind.MOMENT,
    "password": Kind.SECRET,
    "textarea": Kind.LONG,
    "globus-principal": Kind.PRINCIPAL,
}


def form_of(schema: Any) -> Field:
    """The field for the whole value. One of any kind but a group is a form that is written as JSON."""
    root = schema if isinstance(schema, Mapping) else {}
    return _Builder(root).build(root, level=0)


class _Builder:
    def __init__(self, root: Mapping[str, Any]) -> None:
        self.schemas = Schemas(root)

    def build(self, schema: Any, *, level: int, key: str = "", is_required: bool = True) -> Field:
        try:
            plain = self.schemas.plain(schema)
            told = _about(plain, key, is_required=is_required)
            return Field(**{**told, **self._kind(plain, level, is_required=is_required)})
        except Unplain:
            return Field(kind=Kind.RAW, **_about(schema, key, is_required=is_required))

    def _kind(self, schema: Mapping[str, Any], level: int, *, is_required: bool) -> dict[str, Any]:
        if "const" in schema:
            return {"kind": Kind.FIXED, "value": schema["const"]}
        if isinstance(schema.get("enum"), list):
            return {"kind": Kind.CHOICE, "choices": _choices(schema)}
        options = schema.get("oneOf", schema.get("anyOf"))
        if isinstance(options, list) and options:
            return self._options(options, level)
        types = [one for one in types_of(schema) if one != "null"]
        if len(types) != 1 or level > MOST_LEVELS:
            return {"kind": Kind.RAW}
        return self._of_type(types[0], schema, level, is_required=is_required)

    def _of_type(self, name: str, schema: Mapping[str, Any], level: int, *, is_required: bool) -> dict[str, Any]:
        match name:
            case "string":
                return {"kind": _text(schema)}
            case "number" | "integer":
                return {"kind": Kind(name)}
            case "boolean":
                return _flag(schema, is_required=is_required)
            case "array":
                return self._list(schema, level)
            case "object":
                return self._group(schema, level)
        return {"kind": Kind.RAW}

    def _group(self, schema: Mapping[str, Any], level: int) -> dict[str, Any]:
        members = schema.get("properties")
        if not isinstance(members, Mapping) or not members:
            return {"kind": Kind.RAW}
        told = schema.get("required")
        required = told if isinstance(told, list) else []
        fields = tuple(
            self.build(members[key], level=level + 1, key=key, is_required=key in required)
            for key in _ordered(members, schema.get("propertyOrder"))
        )
        is_collection = schema.get("format") == "globus-collection" and set(members) <= {"id", "path"}
        return {"kind": Kind.COLLECTION if is_collection else Kind.GROUP, "fields": fields}

    def _list(self, schema: Mapping[str, Any], level: int) -> dict[str, Any]:
        if not isinstance(schema.get("items"), Mapping) or "prefixItems" in schema:
            return {"kind": Kind.RAW}
        item = self.build(schema["items"], level=level + 1)
        if item.kind is Kind.CHOICE and schema.get("uniqueItems"):
            return {"kind": Kind.CHOICES, "choices": item.choices}
        most = schema.get("maxItems")
        return {
            "kind": Kind.LIST,
            "item": item,
            "least": _least(schema) if level < OUTERMOST else 0,
            "most": most if isinstance(most, int) else None,
        }

    def _options(self, options: Sequence[Any], level: int) -> dict[str, Any]:
        """Of several schemas one: null beside one other only says that there may be nothing."""
        plain = [self.schemas.plain(one) for one in options]
        real = [one for one in plain if types_of(one) != ["null"]]
        if all("const" in one for one in real):
            return {"kind": Kind.CHOICE, "choices": tuple(Choice(_title(one), one["const"]) for one in real)}
        if level > MOST_LEVELS:
            return {"kind": Kind.RAW}
        fields = [self.build(one, level=level + 1) for one in real]
        if len(fields) == 1:
            return {"kind": Kind.RAW} if fields[0].kind is Kind.RAW else self._kind(real[0], level, is_required=False)
        numbers = [plain.index(one) for one in real]
        named = [
            Field(**{**_fields_of(field), "key": str(at), "label": _variant_name(schema, field, at)})
            for at, schema, field in zip(numbers, real, fields, strict=True)
        ]
        return {"kind": Kind.VARIANTS, "fields": tuple(named)}


def _about(schema: Any, key: str, *, is_required: bool) -> dict[str, Any]:
    told = schema if isinstance(schema, Mapping) else {}
    title = told.get("title")
    return {
        "key": key,
        "label": title if isinstance(title, str) and title else label_of(key) if key else "",
        "hint": " ".join(filter(None, (_sentence(told.get("description")), _example(told)))),
        "is_required": is_required,
        "default": told.get("default", ABSENT),
    }


def _sentence(told: Any) -> str:
    return told.strip() if isinstance(told, str) else ""


def _example(schema: Mapping[str, Any]) -> str:
    told = schema.get("examples")
    first = told[0] if isinstance(told, list) and told else None
    is_short = isinstance(first, str | int | float) and len(str(first)) <= MOST_EXAMPLE
    return f"For example {first}." if is_short and first != "" else ""


def _least(schema: Mapping[str, Any]) -> int:
    """So many items a list begins with."""
    told = schema.get("minItems")
    return min(told, MOST_BEGUN) if isinstance(told, int) else 0


def _text(schema: Mapping[str, Any]) -> Kind:
    longest, default = schema.get("maxLength"), schema.get("default")
    kind = _TEXTS.get(str(schema.get("format")), Kind.TEXT)
    is_long = (isinstance(longest, int) and longest >= LONG) or (isinstance(default, str) and "\n" in default)
    return Kind.LONG if is_long and "format" not in schema else kind


def _flag(schema: Mapping[str, Any], *, is_required: bool) -> dict[str, Any]:
    """A box to tick; where nothing said is something else than no, a choice."""
    if is_required or isinstance(schema.get("default"), bool):
        return {"kind": Kind.FLAG}
    return {"kind": Kind.CHOICE, "choices": (Choice("Yes", value=True), Choice("No", value=False))}


def _choices(schema: Mapping[str, Any]) -> tuple[Choice, ...]:
    names = schema.get("enumNames")
    labels = names if isinstance(names, list) and len(names) == len(schema["enum"]) else [None] * len(schema["enum"])
    return tuple(Choice(_choice(told, name), told) for told, name in zip(schema["enum"], labels, strict=True))


def _choice(told: Any, name: Any) -> str:
    if isinstance(name, str) and name:
        return name
    return str(told) if isinstance(told, str | int | float) and not isinstance(told, bool) else value_of(told).text


def _title(schema: Mapping[str, Any]) -> str:
    return str(schema.get("title") or _choice(schema["const"], None))


def _variant_name(schema: Mapping[str, Any], field: Field, at: int) -> str:
    named = schema.get("title") or next(
        (str(one.value) for one in field.fields if one.kind is Kind.FIXED and isinstance(one.value, str)), ""
    )
    return str(named or f"{_NAMES.get(field.kind, 'Form')} {at + 1}")


_NAMES = {Kind.TEXT: "Text", Kind.NUMBER: "Number", Kind.INTEGER: "Whole number", Kind.LIST: "List"}


def _fields_of(field: Field) -> dict[str, Any]:
    return {name: getattr(field, name) for name in Field.__dataclass_fields__}


def _ordered(members: Mapping[str, Any], order: Any) -> list[str]:
    """As ``propertyOrder`` says: that of the object, or a number of each member; the rest as it is written."""
    listed = [key for key in order if key in members] if isinstance(order, list) else []
    rest = [key for key in members if key not in listed]

    def number(key: str) -> float:
        told = members[key].get("propertyOrder") if isinstance(members[key], Mapping) else None
        return float(told) if isinstance(told, int | float) else float("inf")

    return [*dict.fromkeys(listed), *sorted(rest, key=number)]
