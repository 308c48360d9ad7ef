"""What one visitor asks of one index, and how search answers them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from apps.access.services import Actor
from apps.common.errors import Invalid
from apps.search import services as search
from apps.search.forms.url_state import UrlState
from apps.search.models import Index
from apps.search.types import AnyFacet, FacetResult, Page, Presentation, Query, Request, Terms
from apps.web.facets import alike
from apps.web.results import asking

NO_ANSWER = Page(total=0, records=())


@dataclass(frozen=True, slots=True)
class Visit:
    """``state`` is what of the address could be read; ``messages`` say by field what is wrong with it, and grow."""

    actor: Actor
    index: Index
    state: UrlState
    presentation: Presentation
    messages: dict[str, str]

    @property
    def status(self) -> int:
        return 400 if self.messages else 200

    def of(self, state: UrlState) -> Visit:
        return replace(self, state=state)

    def showing(self, presentation: Presentation) -> Visit:
        return replace(self, presentation=presentation)

    def found(self, facets: Sequence[AnyFacet]) -> Page | None:
        """The hits and the facets; None, with a message more, where the question cannot be asked so."""
        return self._answer(self.state, facets, is_shown=True)

    def counted(self, facets: Sequence[AnyFacet]) -> dict[str, FacetResult]:
        """These facets of the same search, by name; none where it cannot be asked."""
        found = self._answer(_bare(self.state), facets) if facets else None
        return {result.name: result for result in found.facets} if found else {}

    def everything(self, facets: Sequence[AnyFacet]) -> Page:
        """These facets of all that the visitor sees, whatever is searched for."""
        asked = Request(Query(limit=0, facets=tuple(facets)), sees_all=self.state.sees_all)
        return search.find(index=self.index, request=asked, actor=self.actor)

    def total(self, state: UrlState) -> int:
        """How many records another search finds."""
        asked = asking.question(_bare(state), self.presentation)
        return search.find(index=self.index, request=asked, actor=self.actor).total

    def _answer(self, state: UrlState, facets: Sequence[AnyFacet], *, is_shown: bool = False) -> Page | None:
        """``is_shown``: with highlights, and with what else may have been meant."""
        try:
            asked = asking.question(state, self.presentation, facets)
            return self._find(replace(asked, highlights=is_shown, suggests=is_shown))
        except Invalid as error:
            self.messages.setdefault(error.place or "q", error.message)
            return None

    def _find(self, asked: Request) -> Page:
        """The answer, in whose facets each value that an address can write stands once."""
        found = search.find(index=self.index, request=asked, actor=self.actor)
        facets = asked.query.facets
        mixed = search.mixed(index=self.index, paths=frozenset(one.path for one in facets if isinstance(one, Terms)))
        more = tuple(alike.asks(facets, found.facets, mixed)) if mixed else ()
        if not more:
            return found
        query = replace(asked.query, facets=more, offset=0, limit=0, sort=())
        counted = replace(asked, query=query, highlights=False, suggests=False, cursor="")
        again = search.find(index=self.index, request=counted, actor=self.actor)
        return replace(found, facets=alike.merged(facets, found.facets, again.facets))


def _bare(state: UrlState) -> UrlState:
    """The same search, of which only numbers are wanted."""
    return replace(state.at_page(1), limit=0, sort=())
