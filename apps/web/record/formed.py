"""What the form says of a record that was published by it: how its places are called, and by what one knows it.

What an index declares goes before it; it goes before what an index proposes of itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from apps.access.services import Actor
from apps.publish import services as publish
from apps.publish.types import FormDocument
from apps.search import paths
from apps.search import services as search
from apps.search.models import Index
from apps.search.types import Presentation, Record, Shown
from apps.web.record.bibliography import ROOTS
from apps.web.record.facts import key_fact
from apps.web.record.readable import Reader
from apps.web.schema_forms.building import form_of
from apps.web.schema_forms.fields import Field, Kind
from apps.web.values import SHORT

MOST = 6
DEEPEST = 12
_LISTED = {Kind.LIST, Kind.MAP, Kind.CHOICES, Kind.COLLECTION}
_LONG = {Kind.LONG, Kind.RAW, Kind.SECRET, Kind.FIXED, Kind.PRINCIPAL}
_TELLING = {Kind.NUMBER, Kind.INTEGER, Kind.CHOICE, Kind.TERM, Kind.DATE, Kind.MOMENT, Kind.FLAG}


@dataclass(frozen=True, slots=True)
class Leaf:
    """One field that is filled in. ``above`` is what the group around it is called."""

    field: Field
    keys: tuple[str, ...]
    above: str
    is_required: bool

    @property
    def rank(self) -> tuple[bool, bool, bool]:
        """What tells most comes first: what everybody must say; what is chosen or measured. Who made it, and when, the
        citation says already."""
        return self.keys[0] in ROOTS, not self.is_required, self.field.kind not in _TELLING


def presentation(index: Index | None, record: Record, form: FormDocument | None, *, actor: Actor) -> Presentation:
    """How a record is presented in its index, if there is one that its reader may know of."""
    told = summary(form, record) if form else ()
    return search.presentation(index=index, actor=actor, summary=told) if index else Presentation(summary=told)


def reader(index: Index | None, presentation: Presentation, form: FormDocument | None) -> Reader:
    """Reads the record."""
    declared = search.declared(index=index).known if index else {}
    labels, units = words_of(form.schema) if form else ({}, {})
    for path, shown in presentation.known.items():
        if path in declared or path not in labels:
            labels[path], units[path] = shown.label, shown.unit
    return Reader(labels=labels, units=units)


def reader_of(schema: Mapping[str, Any]) -> Reader:
    """Reads what was filled in by a form, before there is a record."""
    labels, units = words_of(schema)
    return Reader(labels=labels, units=units)


def words_of(schema: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
    """Titles and units, by the paths that they are of."""
    members = [(paths.join(keys), one) for keys, one in _members(schema, ())]
    labels = {path: one["title"] for path, one in members if isinstance(one.get("title"), str)}
    return labels, {path: one["x-unit"] for path, one in members if isinstance(one.get("x-unit"), str)}


def summary(form: FormDocument, record: Record) -> tuple[Shown, ...]:
    """The few facts by which people know the record: short ones, and none that is restricted."""
    leaves = _leaves(form_of(form.schema), (), "", is_required=True)
    often = Counter(one.get("title") for _, one in _members(form.schema, ()) if "properties" not in one)
    named = {re.sub(r"\.\d+(?=\.|$)", "", name) for name in publish.names_in(form.name)}
    found = []
    for leaf in sorted((one for one in leaves if _may_stand(one)), key=lambda one: one.rank):
        path = paths.join(leaf.keys)
        shown = Shown(path, _label(leaf, often), leaf.field.unit)
        if path not in named and _is_short(record, shown):
            found.append(shown)
    return tuple(found[:MOST])


def _members(schema: Any, keys: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Mapping[str, Any]]]:
    """What a schema names, at any depth; items of lists are at the place of their list."""
    members = schema.get("properties") if isinstance(schema, Mapping) else None
    for key, one in members.items() if isinstance(members, Mapping) and len(keys) < DEEPEST else ():
        if isinstance(one, Mapping):
            yield (*keys, key), one
            yield from _members(one, (*keys, key))
            yield from _members(one.get("items"), (*keys, key))


def _is_short(record: Record, shown: Shown) -> bool:
    fact = key_fact(record, shown)
    return fact is not None and all(len(one.text) <= SHORT for one in fact.values)


def _may_stand(leaf: Leaf) -> bool:
    one = leaf.field
    return not (one.restricted or one.is_write_only or one.kind in _LISTED | _LONG)


def _label(leaf: Leaf, often: Mapping[Any, int]) -> str:
    """With what is around it, where several are called so: *Publisher name*."""
    own = leaf.field.label
    if not leaf.above or often[own] < 2:
        return own
    return f"{leaf.above} {own[:1].lower() if own[1:2].islower() else own[:1]}{own[1:]}"


def _leaves(field: Field, keys: tuple[str, ...], above: str, *, is_required: bool) -> Iterator[Leaf]:
    match field.kind:
        case Kind.GROUP:
            for one in field.fields:
                inner = keys if one.is_spread else (*keys, one.key)
                yield from _leaves(one, inner, field.label or above, is_required=is_required and one.is_required)
        case Kind.VARIANTS:
            for one in field.fields:
                yield from _leaves(one, keys, above, is_required=False)
        case _:
            yield Leaf(field, keys, above, is_required)
