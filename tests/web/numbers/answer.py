"""What a page said, held against what is so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from tests.search.evaluator import ordered
from tests.web.numbers import charts, facets
from tests.web.numbers.asking import Asked
from tests.web.numbers.meaning import Views, hits
from tests.web.numbers.records import PRESENTATION

MOST_CULPRITS = 8


@dataclass(frozen=True)
class Truth:
    """``views`` are all that the caller sees, ``asked`` is what the page was asked."""

    views: Views
    asked: Asked

    @property
    def found(self) -> Views:
        return hits(self.views, self.asked)

    @property
    def subjects(self) -> list[str]:
        """Those of this page; which, the plain evaluator knows where an order was asked for."""
        start = (self.asked.page - 1) * self.asked.limit
        return [view.subject for view in ordered(self.found, self.asked.sort)][start : start + self.asked.limit]

    def differences(self, said: dict[str, Any]) -> list[str]:
        return [*self._counts(said), *self._hits(said), *self._facets(said["facets"]), *self._charts(said["charts"])]

    def _counts(self, said: dict[str, Any]) -> list[str]:
        total, seen = len(self.found), len(self.views)
        return [
            *differ("total", said["total"], total),
            *differ("of all", said["of"], seen if seen != total else -1),
            *differ("chips", said["chips"], len(self.asked.picks)),
            *differ("without", said["without"], set() if total or not seen else self._without()),
        ]

    def _without(self) -> set[tuple[frozenset[tuple[str, str]], int]]:
        """What is found without one part of the search, if it has several."""
        asked = self.asked
        parts = [replace(asked, words="", page=1)] * bool(asked.words) + [asked.without(pick) for pick in asked.picks]
        return {(frozenset(one.pairs), len(hits(self.views, one))) for one in parts} if len(parts) > 1 else set()

    def _hits(self, said: dict[str, Any]) -> list[str]:
        shown, total, start = self.subjects, len(self.found), (self.asked.page - 1) * self.asked.limit
        is_in_order = bool(self.asked.sort)
        got = said["hits"]
        strange = set(got) - {view.subject for view in self.found}
        return [
            *differ("hits", got if is_in_order else len(set(got)), shown if is_in_order else len(shown)),
            *differ("hits that do not match", strange, set()),
            *differ("pager", said["pager"][:3], [start + 1, start + len(shown), total] if shown else []),
        ]

    def _facets(self, said: dict[str, Any]) -> list[str]:
        shown = [facet for facet in PRESENTATION["facets"] if facets.is_shown(facet, self.views, self.asked)]
        found = differ("facets", list(said), [facet["label"] for facet in shown])
        for facet in [] if found else shown:
            name = facet["label"]
            got = said[name]
            is_so = facets.expected(facet, self.views, self.asked, is_log=got["is_log"])
            found += [one for part in is_so for one in differ(f"facet {name} {part}", got[part], is_so[part])]
        return found

    def _charts(self, said: dict[str, Any]) -> list[str]:
        return [one for chart in PRESENTATION["charts"] for one in self._chart(chart, said.get(chart["label"]))]

    def _chart(self, chart: dict[str, Any], got: dict[str, Any] | None) -> list[str]:
        """There is none of nothing. The table says all of it; the drawing has its numbers, the fact its greatest."""
        name = f"chart {chart['label']}"
        rows = charts.expected(chart, self.views, self.found, self.asked, is_log=bool(got and got["is_log"]))
        numbers = sorted(n for _, cells in rows for n in cells if n)
        if got is None or not numbers:
            return differ(f"{name} is there", got is not None, bool(numbers))
        shown = [("" if chart["type"] == "histogram" else label, cells) for label, cells in got["rows"]]
        heads = charts.across(chart, self.found) if chart["type"] == "grid" else ["Records"]
        return [
            *differ(name, shown, rows),
            *differ(f"{name}, columns", got["head"], [head or "(empty)" for head in heads]),
            *differ(f"{name}, drawn", got["drawn"], numbers),
            *charts.says(chart, got, self.found, chart["path"]),
        ]


def differ(what: str, got: object, expected: object) -> list[str]:
    return [] if got == expected else [f"{what}: {got}", f"{' ' * len(what)} not {expected}"]
