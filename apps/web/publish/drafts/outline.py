"""The parts of a form as a list beside it, each with how much in it is to be mended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from apps.web.schema_forms.fields import Kind
from apps.web.schema_forms.form import FormView
from apps.web.schema_forms.shown import Shown

SEVERAL = {Kind.GROUP, Kind.LIST, Kind.MAP, Kind.VARIANTS}


@dataclass(frozen=True, slots=True)
class SectionLine:
    """A line of the list of sections. ``anchor`` is the id of its first field; one that ``is_deeper`` is a part of
    the one above."""

    label: str
    anchor: str
    errors: int = 0
    is_deeper: bool = False


def outline(view: FormView) -> Iterator[SectionLine]:
    """As the form is laid out; without sections, its groups and lists, and before them all the rest."""
    if view.root is None:
        return
    titled = [one for one in view.root.sections if one.title and one.parts]
    if titled:
        for one in titled:
            yield _line(one.title, view, *one.parts)
        return
    plain = [part for part in view.fields if part.field.kind not in SEVERAL]
    if plain:
        yield _line("What it is", view, *plain)
    for part in view.fields:
        if part.field.kind in SEVERAL:
            yield _line(part.label, view, part)
            inner = part.parts if part.field.kind is Kind.GROUP else ()
            yield from (
                replace(_line(one.label, view, one), is_deeper=True) for one in inner if one.field.kind in SEVERAL
            )


def _line(label: str, view: FormView, *parts: Shown) -> SectionLine:
    names = [one.name for one in parts]
    errors = [one for one in view.wrong if any(_is_in(one.anchor, name) for name in names)]
    return SectionLine(label, parts[0].name, len(errors))


def _is_in(anchor: str, name: str) -> bool:
    return anchor == name or anchor.startswith((f"{name}/", f"{name}?"))
