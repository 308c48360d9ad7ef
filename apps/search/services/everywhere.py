"""One question to every index that somebody may see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from apps.access.services import Actor
from apps.search.errors import EngineUnavailable
from apps.search.models import Index
from apps.search.services.finding import find
from apps.search.services.indexes import open_indexes
from apps.search.services.presenting import presentation
from apps.search.types import Page, Presentation, Request


@dataclass(frozen=True, slots=True)
class Answer:
    """What an index answered; ``page`` is None while its engine is away.

    ``changed_at`` is told to whoever has a role on the index alone, because it changes with hidden records too.
    """

    index: Index
    roles: tuple[str, ...]
    presentation: Presentation
    page: Page | None
    changed_at: datetime | None


def everywhere(*, actor: Actor, ask: Callable[[Presentation], Request]) -> list[Answer]:
    """Ask each open index that the actor may see, by name: what is asked may follow how it presents itself."""
    return [_answer(index, roles, actor, ask) for index, roles in open_indexes(actor=actor)]


def _answer(index: Index, roles: tuple[str, ...], actor: Actor, ask: Callable[[Presentation], Request]) -> Answer:
    changed_at = index.changed_at if roles else None
    try:
        shown = presentation(index=index, actor=actor)
        return Answer(index, roles, shown, find(index=index, request=ask(shown), actor=actor), changed_at)
    except EngineUnavailable:
        return Answer(index, roles, Presentation(), None, changed_at)
