"""The home page: the indexes that a visitor may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from apps.search.types import IndexCard
from apps.web import links
from apps.web.values import count, plural


@dataclass(frozen=True, slots=True)
class Card:
    slug: str
    title: str
    description: str
    url: str
    count: str
    roles: str


@dataclass(frozen=True, slots=True)
class HomePage:
    summary: str
    indexes: tuple[Card, ...]

    @property
    def is_several(self) -> bool:
        return len(self.indexes) > 1


def build(indexes: Sequence[IndexCard]) -> HomePage:
    total = sum(max(card.count, 0) for card in indexes)
    return HomePage(
        summary=f"{plural(total, 'record', 'records')} in {plural(len(indexes), 'index', 'indexes')} that you may see.",
        indexes=tuple(_card(card) for card in indexes),
    )


def _card(card: IndexCard) -> Card:
    return Card(
        slug=card.slug,
        title=card.display_name,
        description=card.description,
        url=links.index_url(card.slug),
        count=count(card.count) if card.count >= 0 else "not known now",
        roles=", ".join(card.roles),
    )
