"""Documents about an index: to make one, to change it, to give a role. ``InvalidDocument`` tells all that is wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from apps.access.types import LADDER
from apps.common.parsing import words_in
from apps.search import presentation as presentations
from apps.search.errors import InvalidDocument, InvalidQuery
from apps.search.forms.principals import principal, principals
from apps.search.forms.problems import Problems, shown
from apps.search.forms.reading import Fields, Value
from apps.search.services.indexes import TAKEN

MAX_NAME_CHARACTERS = 200
MAX_DESCRIPTION_CHARACTERS = 10_000
Made = TypeVar("Made")
_SLUG = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Creation:
    display_name: str
    description: str
    slug: str
    visible_to: tuple[str, ...]
    presentation: dict[str, object]
    is_stemmed: bool
    is_strict: bool


@dataclass(frozen=True, slots=True)
class Change:
    """None leaves a part as it is."""

    display_name: str | None
    description: str | None
    visible_to: tuple[str, ...] | None
    is_strict: bool | None


@dataclass(frozen=True, slots=True)
class RoleGrant:
    role_name: str
    principal: str


def creation(raw: object) -> Creation:
    """``display_name`` and ``description``; ours: ``slug``, ``visible_to`` (who may know that the index is there),
    ``presentation`` (how it presents itself), ``stemming`` (true: English; for good) and ``strict_typing`` (false).
    """
    problems, asked = _open(raw)
    made = Creation(
        display_name=asked["display_name"].required().text(most=MAX_NAME_CHARACTERS, least=1),
        description=asked["description"].text(most=MAX_DESCRIPTION_CHARACTERS),
        slug=_slug(asked["slug"]),
        visible_to=principals(asked["visible_to"]) if asked["visible_to"].is_given else ("public",),
        presentation=_presentation(asked["presentation"]),
        is_stemmed=asked["stemming"].flag(default=True),
        is_strict=asked["strict_typing"].flag(default=False),
    )
    return _closed(problems, asked, made)


def change(raw: object) -> Change:
    problems, asked = _open(raw)
    name, text = asked["display_name"], asked["description"]
    made = Change(
        display_name=name.text(most=MAX_NAME_CHARACTERS, least=1) if name.is_given else None,
        description=text.text(most=MAX_DESCRIPTION_CHARACTERS) if text.is_given else None,
        visible_to=principals(asked["visible_to"]) if asked["visible_to"].is_given else None,
        is_strict=asked["strict_typing"].flag(default=False) if asked["strict_typing"].is_given else None,
    )
    if made == Change(None, None, None, None):
        problems.add((), "Give display_name, description, visible_to or strict_typing.")
    return _closed(problems, asked, made)


def role(raw: object) -> RoleGrant:
    problems, asked = _open(raw)
    made = RoleGrant(asked["role_name"].required().choice(LADDER, ""), principal(asked["principal"].required()))
    return _closed(problems, asked, made)


def role_filter(given: Sequence[str]) -> tuple[str, ...]:
    """``filter_roles``: names joined by commas, or repeated; none means all."""
    names = tuple(words_in(",".join(given)))
    for name in names:
        if name not in LADDER:
            raise InvalidQuery(f"{shown(name)!r} is no role. Roles are: {', '.join(LADDER)}.", place="filter_roles")
    return names or LADDER


def _slug(asked: Value) -> str:
    slug = asked.text()
    if slug and (not _SLUG.fullmatch(slug) or slug in TAKEN):
        asked.wrong("must be lower-case letters, digits, - and _, and none of the portal's own addresses")
    return slug


def _presentation(asked: Value) -> dict[str, object]:
    if not asked.is_given:
        return {}
    try:
        return presentations.check(asked.raw)
    except InvalidDocument as error:
        for place, message in error.details["faults"]:
            asked.problems.add((*asked.place, *filter(None, place.split("."))), message)
        return {}


def _open(raw: object) -> tuple[Problems, Fields]:
    problems = Problems()
    return problems, Value(raw, (), problems).required().fields()


def _closed(problems: Problems, asked: Fields, made: Made) -> Made:
    asked.refuse_others()
    problems.check(InvalidDocument)
    return made
