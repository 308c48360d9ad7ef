"""The form of a presentation as it stands on its page: plain values, each with what is wrong beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from apps.search.types import PROPOSED
from apps.web.manage.form_parts import PARTS, TEXTS, Field, Part, Row
from apps.web.manage.form_steps import Document, Step
from apps.web.results.chips import name_of
from apps.web.values import plural

MOVES = ("up", "down")


@dataclass(frozen=True, slots=True)
class FieldView:
    place: str
    label: str
    kind: str
    value: str
    choices: tuple[tuple[str, str], ...]
    error: str = ""
    is_focused: bool = False


@dataclass(frozen=True, slots=True)
class RowView:
    """``focus`` is the button that was pressed last: up or down, "" for none."""

    place: str
    at: int
    path: str
    title: str
    fields: tuple[FieldView, ...]
    error: str
    has_up: bool
    has_down: bool
    focus: str = ""


@dataclass(frozen=True, slots=True)
class PartView:
    """``proposed`` are the names that the index proposes now, in words."""

    name: str
    title: str
    is_declared: bool
    rows: tuple[RowView, ...]
    proposed: str
    may_propose: bool
    error: str
    add_text: str = ""
    add_error: str = ""
    is_focused: bool = False


@dataclass(frozen=True, slots=True)
class Wrong:
    """``anchor`` is the id of the field, or of the part."""

    anchor: str
    place: str
    message: str


@dataclass(frozen=True, slots=True)
class FormPage:
    texts: tuple[FieldView, ...]
    parts: tuple[PartView, ...]
    wrong: tuple[Wrong, ...]
    paths: tuple[str, ...]
    note: str
    after: str
    told: str
    is_unsaved: bool

    @property
    def wrong_title(self) -> str:
        return f"{plural(len(self.wrong), 'place needs', 'places need')} you before this can be saved"


@dataclass(frozen=True, slots=True)
class Adding:
    """A path that could not be added, and why."""

    part: str = ""
    text: str = ""
    error: str = ""


def texts(document: Document, faults: Mapping[str, str]) -> tuple[FieldView, ...]:
    return tuple(_field(field, field.name, document.get(field.name), faults) for field in TEXTS)


def parts(
    document: Document, faults: Mapping[str, str], proposed: Mapping[str, list[Row]], step: Step, adding: Adding
) -> tuple[PartView, ...]:
    return tuple(_part(part, document, faults, proposed.get(part.name, []), step, adding) for part in PARTS)


def wrong(faults: Mapping[str, str], shown: Sequence[PartView], texts: Sequence[FieldView]) -> tuple[Wrong, ...]:
    """All faults, each with the nearest thing on the page to go to."""
    fields = [field for part in shown for row in part.rows for field in row.fields]
    anchors = {field.place for field in (*fields, *texts)} | {row.place for part in shown for row in part.rows}
    return tuple(
        Wrong(next((one for one in _upwards(place) if one in anchors), place.partition(".")[0]), place, message)
        for place, message in faults.items()
    )


def _upwards(place: str) -> list[str]:
    """The place, and those that hold it."""
    keys = place.split(".")
    return [".".join(keys[:n]) for n in range(len(keys), 0, -1)]


def _part(
    part: Part, document: Document, faults: Mapping[str, str], proposed: list[Row], step: Step, adding: Adding
) -> PartView:
    rows = document.get(part.name, [])
    is_last = step.part == part.name
    is_mine = adding.part == part.name
    return PartView(
        name=part.name,
        title=part.title,
        is_declared=part.name in document,
        rows=tuple(_row(part, rows, at, faults, step if is_last else Step("")) for at in range(len(rows))),
        proposed=", ".join(_title(row) for row in proposed) or "nothing",
        may_propose=part.takes_proposed and part.name in document and PROPOSED not in rows,
        error=faults.get(part.name, ""),
        add_text=adding.text if is_mine else "",
        add_error=adding.error if is_mine else "",
        is_focused=is_last and (bool(is_mine and adding.error) or step.verb in {"remove", "declare", "leave"}),
    )


def _row(part: Part, rows: list[Row], at: int, faults: Mapping[str, str], step: Step) -> RowView:
    row, place = rows[at], f"{part.name}.{at}"
    has_up, has_down = at > 0, at < len(rows) - 1
    is_last = step.at == at and step.verb in MOVES
    turned = "up" if not has_down else "down" if not has_up else step.verb
    fields = () if isinstance(row, str) else tuple(_of_row(part, row, place, faults))
    told = {field.place for field in fields}
    errors = [message for at, message in faults.items() if (at + ".").startswith(place + ".") and at not in told]
    return RowView(
        place=place,
        at=at,
        path="" if isinstance(row, str) else str(row.get("path", "")),
        title=_title(row),
        fields=fields,
        error=" ".join(errors),
        has_up=has_up,
        has_down=has_down,
        focus=turned if is_last else "",
    )


def _of_row(part: Part, row: dict[str, Any], place: str, faults: Mapping[str, str]) -> list[FieldView]:
    return [_field(field, f"{place}.{field.name}", row.get(field.name, field.usual), faults) for field in part.fields]


def _field(field: Field, place: str, value: object, faults: Mapping[str, str]) -> FieldView:
    return FieldView(place, field.label, field.kind, field.written(value), field.choices, faults.get(place, ""))


def _title(row: Row) -> str:
    if isinstance(row, str):
        return "What the index proposes"
    return str(row.get("label") or name_of(str(row.get("path") or "?"), None))
