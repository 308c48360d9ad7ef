"""Records like one: what is asked of search, and what each answer shares with it.

The question is made of what its reader sees of the record, and asked as that reader: so it can tell nothing hidden.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.safestring import SafeString

from apps.search.forms import simple
from apps.search.types import (
    Boosted,
    Clause,
    Kind,
    Match,
    Not,
    Or,
    Page,
    Phrase,
    Presentation,
    Query,
    Record,
    Request,
    Shown,
    SubjectIn,
)
from apps.web import content, links, markup
from apps.web.results import hits
from apps.web.results.hits import HitCard

SIZE = 5
MOST_PATHS = 12
MOST_VALUES = 5
MOST_WORDS = 12
SHORTEST_WORD = 4
LONGEST_VALUE = 200
FACTOR_OF_A_VALUE = 3.0
"""A whole value in common says more than a word of the title."""


@dataclass(frozen=True, slots=True)
class Similar:
    """``shared`` is what both have, in words."""

    card: HitCard
    shared: str

    @property
    def html(self) -> SafeString:
        return markup.hit(self.card, self.shared)


def ask(record: Record, presentation: Presentation, *, sees_all: bool) -> Request | None:
    """Records that share a value or a word of the title, those that share most first; None where it has neither."""
    same = [Boosted(Match(one.path, tuple(values)), FACTOR_OF_A_VALUE) for one, values in _known(record, presentation)]
    clauses: list[Clause] = [*same, *(Phrase(word) for word in _words(record, presentation))]
    if not clauses:
        return None
    others = Not(SubjectIn((record.subject,)))
    query = Query(text=Or(tuple(clauses)), filters=(others,), limit=SIZE, counts_total=False)
    return Request(query, sees_all=sees_all)


def build(
    record: Record,
    found: Page,
    *,
    slug: str,
    presentation: Presentation,
    names: Mapping[str, str],
    sees_all: bool,
) -> tuple[Similar, ...]:
    known, carried = _known(record, presentation), urlencode(links.bypassing(sees_all=sees_all))
    cards = (
        hits.build(one, slug=slug, presentation=presentation, names=names, carried=carried) for one in found.records
    )
    return tuple(Similar(card, _shared(one, known)) for card, one in zip(cards, found.records, strict=True))


def _known(record: Record, presentation: Presentation) -> list[tuple[Shown, list[str]]]:
    """The paths that people know, with the record's short values there."""
    texts = (one for one in presentation.known.values() if one.kind is Kind.STRING)
    told = [(one, _values(record, one.path)) for one in texts]
    return [(one, values) for one, values in told if values][:MOST_PATHS]


def _values(record: Record, path: str) -> list[str]:
    found = (leaf for leaf in content.values(record, path) if isinstance(leaf, str) and leaf.strip())
    return [leaf for leaf in found if len(leaf) <= LONGEST_VALUE][:MOST_VALUES]


def _words(record: Record, presentation: Presentation) -> Sequence[str]:
    words = simple.read(content.text(record, presentation.title)).words
    return [word for word in words if len(word) >= SHORTEST_WORD and not word.isdecimal()][:MOST_WORDS]


def _shared(other: Record, known: Iterable[tuple[Shown, list[str]]]) -> str:
    labels = [one.label for one, values in known if set(values) & set(_values(other, one.path))]
    if not labels:
        return "Words of the title in common"
    first, *rest = [label if n == 0 else label[:1].lower() + label[1:] for n, label in enumerate(labels)]
    return f"Same {first[:1].lower() + first[1:]}" + (f", {', '.join(rest)}" if rest else "")
