"""From a JSON Schema, and what is filled in as far as parts depend on it, to the fields of a form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.protocols import Validator

from apps.web.schema_forms import choices
from apps.web.schema_forms.about import about, layout_of, ordered, sections_of, text_in
from apps.web.schema_forms.conditions import ANY
from apps.web.schema_forms.fields import ABSENT, Field, Kind
from apps.web.schema_forms.merging import OPTIONS, STEERS, is_never, merged
from apps.web.schema_forms.objects import members_of, named_in, part_of, without_more
from apps.web.schema_forms.schemas import Schemas, Unplain, types_of
from apps.web.schema_forms.variants import Variant, one_of
from apps.web.values import label as label_of

MOST_LEVELS = 8
"""Deeper parts, and those that hold themselves, are written as JSON."""
MOST_BEGUN = 20
OUTERMOST = 3
"""Lists deeper in begin without items: those of a list of lists would be too many."""
MORE = "more"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a field stands. ``held`` is what is filled in there; ``restricted`` is what the part around it is."""

    level: int = 0
    held: Any = ABSENT
    key: str = ""
    is_required: bool = True
    restricted: str = ""

    def inner(self, key: str = "", held: Any = ABSENT, *, is_required: bool = True, restricted: str = "") -> Place:
        return Place(self.level + 1, held, key, is_required, restricted or self.restricted)

    def held_at(self, key: str) -> Any:
        return self.held.get(key, ABSENT) if isinstance(self.held, Mapping) else ABSENT


@dataclass(frozen=True, slots=True)
class Built:
    """``is_live``: what it asks for depends on what is filled in."""

    field: Field
    is_live: bool


def form_of(schema: Any, held: Any = ABSENT) -> Field:
    """The field for the whole value. One of any kind but a group is a form that is written as JSON."""
    return built(schema, held).field


def built(schema: Any, held: Any = ABSENT, default: type[Validator] = Draft202012Validator) -> Built:
    """``default`` is the draft of schemas that name none."""
    root = schema if isinstance(schema, Mapping) else {}
    builder = _Builder(Schemas(root, default))
    found = builder.build(schema, Place(held=held))
    return Built(found, builder.schemas.has_conditions)


class _Builder:
    def __init__(self, schemas: Schemas) -> None:
        self.schemas = schemas

    def build(self, schema: Any, place: Place) -> Field:
        try:
            plain = self.schemas.plain(schema, place.held)
            told = about(plain, place.key, is_required=place.is_required, restricted=place.restricted)
            inner = replace(place, restricted=told["restricted"])
            return Field(**{**told, **self._kind(plain, inner)})
        except Unplain:
            told = about(schema, place.key, is_required=place.is_required, restricted=place.restricted)
            return Field(kind=Kind.RAW, **told)

    def _kind(self, schema: Mapping[str, Any], place: Place) -> dict[str, Any]:
        if "const" in schema:
            return {"kind": Kind.FIXED, "value": schema["const"]}
        if isinstance(schema.get("enum"), list) and schema["enum"]:
            return {"kind": Kind.CHOICE, "choices": choices.enumerated(schema)}
        types = types_of(schema)
        if types == ["null"]:
            return {"kind": Kind.FIXED, "value": None}
        if place.level > MOST_LEVELS or is_never(schema):
            return {"kind": Kind.RAW}
        if OPTIONS in schema and not self._is_object(schema, types):
            return self._options(schema, place)
        real = ["number" if one == "integer" and "number" in types else one for one in types if one != "null"]
        return {**self._of_types(list(dict.fromkeys(real)), schema, place), "is_nullable": "null" in types}

    def _of_types(self, types: Sequence[str], schema: Mapping[str, Any], place: Place) -> dict[str, Any]:
        """Of several types one is chosen."""
        if len(types) > 1:
            parts = [{**schema, "type": one, "title": "", "description": ""} for one in types]
            return self._one_of(
                [self.build(part, replace(place, key="", level=place.level + 1, is_required=True)) for part in parts],
                parts,
                parts,
            )
        return self._of_type(types[0] if types else "", schema, place)

    def _of_type(self, name: str, schema: Mapping[str, Any], place: Place) -> dict[str, Any]:
        match name:
            case "string":
                return choices.text(schema, str(layout_of(schema).get("widget", "")))
            case "number" | "integer":
                return {"kind": Kind(name)}
            case "boolean":
                return choices.flag(schema, is_required=place.is_required)
            case "array":
                return self._list(schema, place)
            case "object":
                return self._group(schema, place)
        return {"kind": Kind.RAW}

    # --- objects -------------------------------------------------------------------------------------------------

    def _is_object(self, schema: Mapping[str, Any], types: Sequence[str]) -> bool:
        return [one for one in types if one != "null"] == ["object"] and bool(members_of(schema))

    def _group(self, schema: Mapping[str, Any], place: Place) -> dict[str, Any]:
        members = members_of(schema)
        spread, taken = self._spread(schema, members, place)
        more = self._more(schema, place)
        if not members and not spread and more.is_quiet:
            return {"kind": Kind.RAW}
        required, steering = schema.get("required") or (), set(schema.get(STEERS) or ())
        fields = []
        for key in ordered(members, schema):
            if key in taken or is_never(members[key]):
                continue
            inner = place.inner(key, place.held_at(key), is_required=key in required)
            field = self.build(members[key], inner)
            fields.append(replace(field, steers=bool(steering & {key, ANY})))
        spread = [replace(one, steers=bool(steering & {*taken, ANY})) for one in spread]
        is_collection = schema.get("format") == "globus-collection" and set(members) <= {"id", "path"}
        if is_collection and not spread:
            return {"kind": Kind.COLLECTION, "fields": tuple(fields)}
        return {"kind": Kind.GROUP, "fields": (*fields, *spread), "more": more, "sections": sections_of(schema)}

    def _spread(
        self, schema: Mapping[str, Any], members: Mapping[str, Any], place: Place
    ) -> tuple[list[Field], set[str]]:
        """Members of which there are several forms, each list of options as one field; and their names. Options that
        only demand or forbid what stands elsewhere are no fields: they are judged."""
        found, taken = [], set[str]()
        for at, options in enumerate(schema.get(OPTIONS) or ()):
            plain = [self.schemas.plain(one, place.held) for one in options]
            names = {key for one in plain for key in named_in(one)}
            if not names and not any(OPTIONS in one for one in plain):
                continue
            taken |= names
            parts = [part_of(one, members, names, schema.get("required") or ()) for one in plain]
            fields = [self.build(part, place.inner(held=place.held)) for part in parts]
            bare = [without_more(one) for one in fields]
            kind = self._one_of(bare, parts, options)
            told = {"key": f"one{at}", "label": "Which of these", "is_spread": True, "restricted": place.restricted}
            found.append(Field(**{**told, **kind}))
        return found, taken

    def _more(self, schema: Mapping[str, Any], place: Place) -> Field:
        """Members of names that the schema does not have. It is quiet where the schema does not ask for any."""
        patterns = schema.get("patternProperties")
        told = [one for word in _OTHERS if (one := schema.get(word)) is True or (isinstance(one, Mapping))]
        told += list(patterns.values()) if isinstance(patterns, Mapping) else []
        is_quiet = not told or told == [True]
        before, self.schemas.has_conditions = self.schemas.has_conditions, False
        inner = place.inner()
        item = self.build(told[0] if len(told) == 1 and not is_quiet else {}, inner)
        item = replace(item, kind=Kind.RAW) if self.schemas.has_conditions else item  # which holds, only its key tells
        self.schemas.has_conditions = before
        least = schema.get("minProperties")
        name = text_in(schema, "title") or (label_of(place.key) if place.key else "")
        begun = min(least, MOST_BEGUN) if isinstance(least, int) and not members_of(schema) else 0
        return Field(
            kind=Kind.MAP,
            key=MORE,
            label=f"{'More' if members_of(schema) else 'Entries'} of {name}" if name else "More",
            item=item,
            is_spread=True,
            is_quiet=is_quiet,
            least=begun,
            restricted=place.restricted,
        )

    # --- lists ---------------------------------------------------------------------------------------------------

    def _list(self, schema: Mapping[str, Any], place: Place) -> dict[str, Any]:
        told, first = schema.get("items"), schema.get("prefixItems")
        first = first if isinstance(first, list) else []
        if not first and (not isinstance(told, Mapping) or is_never(told)):
            return {"kind": Kind.RAW}
        least = schema.get("minItems")
        least = min(least, MOST_BEGUN) if isinstance(least, int) else 0
        held = place.held if isinstance(place.held, list) else []
        item, is_conditional = self._item(told, place)
        if item is not None and item.kind is Kind.CHOICE and schema.get("uniqueItems") and not first:
            return {"kind": Kind.CHOICES, "choices": item.choices}
        fixed = [
            self.build(one, place.inner(held=held[at] if at < len(held) else ABSENT, is_required=at < least))
            for at, one in enumerate(first)
        ]
        later = [self.build(told, place.inner(held=one)) for one in held[len(first) :]] if is_conditional else []
        most = schema.get("maxItems")
        return {
            "kind": Kind.LIST,
            "item": item,
            "items": (*fixed, *later),
            "fixed": len(fixed),
            "least": least if place.level < OUTERMOST else 0,
            "most": len(first) if item is None else most if isinstance(most, int) else None,
        }

    def _item(self, schema: Any, place: Place) -> tuple[Field | None, bool]:
        """What a new item asks for, and whether that depends on what is filled in."""
        if not isinstance(schema, Mapping) or is_never(schema):
            return None, False
        before, self.schemas.has_conditions = self.schemas.has_conditions, False
        item = self.build(schema, place.inner())
        is_conditional, self.schemas.has_conditions = self.schemas.has_conditions, self.schemas.has_conditions or before
        return item, is_conditional

    # --- one of several ------------------------------------------------------------------------------------------

    def _options(self, schema: Mapping[str, Any], place: Place) -> dict[str, Any]:
        """Of several schemas one: null beside one other only says that there may be nothing. Of several lists of
        schemas the first is asked for; all are judged."""
        first, rest = schema[OPTIONS][0], schema[OPTIONS][1:]
        base = {word: told for word, told in schema.items() if word not in {OPTIONS, *_WORDS}}
        base = {**base, OPTIONS: rest} if rest else base
        plain = [self.schemas.plain(one, place.held) for one in first]
        real = [at for at, one in enumerate(plain) if types_of(one) != ["null"] and not is_never(one)]
        is_nullable = any(types_of(one) == ["null"] for one in plain)
        if real and all("const" in plain[at] or _is_enum(plain[at]) for at in real):
            return {
                "kind": Kind.CHOICE,
                "choices": choices.listed([plain[at] for at in real]),
                "is_nullable": is_nullable,
            }
        parts = [merged(plain[at], base) for at in real]
        if len(parts) == 1:
            return {**self._kind(parts[0], replace(place, is_required=place.is_required and not is_nullable)),
                    "is_nullable": is_nullable}  # fmt: skip
        fields = [self.build(part, replace(place, key="", level=place.level + 1, is_required=True)) for part in parts]
        if not fields:
            return {"kind": Kind.RAW}
        return {**self._one_of(fields, parts, [first[at] for at in real], first, real), "is_nullable": is_nullable}

    def _one_of(
        self,
        fields: Sequence[Field],
        parts: Sequence[Mapping[str, Any]],
        judged: Sequence[Any],
        options: Sequence[Any] | None = None,
        numbers: Sequence[int] | None = None,
    ) -> dict[str, Any]:
        found = [
            Variant(field, part, schema, number)
            for field, part, schema, number in zip(fields, parts, judged, numbers or range(len(fields)), strict=True)
        ]
        return one_of(found, judged if options is None else options, self.schemas.judge)


_OTHERS = ("additionalProperties", "unevaluatedProperties")
_WORDS = ("title", "description", "default", "examples", "x-layout", "x-restricted", "x-unit")
"""What is said of the field, and not again of each of its forms."""


def _is_enum(schema: Mapping[str, Any]) -> bool:
    return isinstance(schema.get("enum"), list) and bool(schema["enum"])
