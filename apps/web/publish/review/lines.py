"""A submission as a reviewer reads it: lines with who will see them, what changed in them, and what is said of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zlib import crc32

from apps.accounts.models import User
from apps.common.places import NOTHING
from apps.publish import services as publish
from apps.publish.models import Comment, Submission
from apps.publish.services import Difference, Line
from apps.web.people.names import named
from apps.web.values import Value, label, value
from apps.web.who import Who

MOST_VALUES = 50
LONGEST = 500


@dataclass(frozen=True, slots=True)
class CommentLine:
    """``place`` is what it is about, "" the whole."""

    key: int
    place: str
    anchor: str
    text: str
    who: str
    at: datetime
    is_settled: bool


@dataclass(frozen=True, slots=True)
class FieldLine:
    """``who`` is said of what is restricted. A heading has no values."""

    pointer: str
    anchor: str
    label: str
    depth: int
    values: tuple[Value, ...]
    more: int
    unit: str
    who: Who | None
    is_heading: bool
    is_missing: bool
    is_changed: bool
    comments: tuple[CommentLine, ...]


@dataclass(frozen=True, slots=True)
class DifferenceLine:
    label: str
    kind: str
    sign: str
    before: str
    after: str


SIGNS = {"added": "+", "removed": "−", "changed": "~"}


def anchor_of(pointer: str) -> str:
    """The id of a line: pointers hold signs that mean something else there."""
    return f"field-{crc32(pointer.encode()):08x}" if pointer else "comments"


def comment_lines(submission: Submission, reader: User) -> list[CommentLine]:
    found = publish.comments_of(submission, actor=reader)
    names = named({one.by for one in found}, reader)
    return [_comment(one, submission, names[one.by].text) for one in found]


def open_comments(submission: Submission, reader: User, anchors: Mapping[str, str]) -> list[CommentLine]:
    """What is not settled, with the ids of the fields of a page by their pointers."""
    found = publish.comments_of(submission, actor=reader)
    names = named({one.by for one in found}, reader)
    return [
        replace(_comment(one, submission, names[one.by].text), anchor=anchors.get(one.pointer, ""))
        for one in found
        if not one.is_settled
    ]


def field_lines(
    submission: Submission,
    reader: User,
    *,
    audiences: Mapping[str, Who],
    differences: Sequence[Difference],
    comments: Sequence[Comment],
) -> list[FieldLine]:
    """``comments`` are shown with the lines that they are about."""
    names = named({one.by for one in comments}, reader)
    told: dict[str, list[CommentLine]] = {}
    for one in comments:
        told.setdefault(one.pointer, []).append(_comment(one, submission, names[one.by].text))
    changed = [one.pointer for one in differences if one.after is not NOTHING]
    lines = publish.lines_of(submission, actor=reader)
    return [
        _field(one, audiences.get(one.section) if one.section else None, changed, told.get(one.pointer, ()))
        for one in lines
    ]


def difference_lines(found: Iterable[Difference]) -> list[DifferenceLine]:
    return [
        DifferenceLine(_words(one.label), one.kind.value, SIGNS[one.kind], text(one.before), text(one.after))
        for one in found
    ]


def text(told: Any) -> str:
    """A value in one line; "" for none."""
    if told is NOTHING:
        return ""
    if told is None or isinstance(told, str | int | float):
        return value(told).text[:LONGEST]
    return json.dumps(told, ensure_ascii=False)[:LONGEST]


def _field(one: Line, who: Who | None, changed: Iterable[str], comments: Iterable[CommentLine]) -> FieldLine:
    several = one.value if isinstance(one.value, list) else [one.value]
    is_heading = one.value is NOTHING
    values = () if is_heading else tuple(_value(part) for part in several[:MOST_VALUES])
    name = one.title or label(one.key)
    return FieldLine(
        pointer=one.pointer,
        anchor=anchor_of(one.pointer),
        label=f"{name} {one.number}" if one.number else name,
        depth=one.depth,
        values=values,
        more=len(several) - len(values) if values else 0,
        unit=one.unit,
        who=who,
        is_heading=is_heading and not one.is_missing,
        is_missing=one.is_missing,
        is_changed=not is_heading and any(_touch(one.pointer, pointer) for pointer in changed),
        comments=tuple(comments),
    )


def _value(told: Any) -> Value:
    return Value(text(told)) if isinstance(told, dict | list) else value(told)


def _touch(one: str, other: str) -> bool:
    return one == other or one.startswith(f"{other}/") or other.startswith(f"{one}/")


def _comment(one: Comment, submission: Submission, who: str) -> CommentLine:
    place = _words(publish.label_in(submission, one.pointer)) if one.pointer else ""
    return CommentLine(one.pk, place, anchor_of(one.pointer), one.text, who, one.at, one.is_settled)


def _words(told: str) -> str:
    """Keys that the form has no title for, as words."""
    return " › ".join(label(part) for part in told.split(" › "))
