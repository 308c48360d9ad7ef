"""What a search URL says, as a value that can be changed and written again: links of facets, pages and sorting."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import quote_plus

from apps.search.forms.choices import Choice, How
from apps.search.types import Sort

DEFAULT_LIMIT = 10
DEFAULT_SIZE = 10


@dataclass(frozen=True, slots=True)
class FacetAsk:
    """A facet of terms asked for in the URL."""

    path: str
    size: int = DEFAULT_SIZE


@dataclass(frozen=True)
class UrlState:
    """``url.parse(state.query_string()) == state``. Every change goes back to the first page.

    ``others`` are parameters that search does not know (a page's own, such as ``view``); they are written again.
    """

    text: str = ""
    is_advanced: bool = False
    choices: tuple[Choice, ...] = ()
    facets: tuple[FacetAsk, ...] = ()
    sort: tuple[Sort, ...] = ()
    offset: int = 0
    limit: int = DEFAULT_LIMIT
    cursor: str = ""
    sees_all: bool = False
    principal_sets: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    highlights: bool = False
    explains: bool = False
    suggests: bool = False
    format: str = ""
    others: tuple[tuple[str, str], ...] = ()

    @property
    def page(self) -> int:
        """From 1; the page on which the first hit stands."""
        return self.offset // max(self.limit, 1) + 1

    def at_page(self, number: int) -> UrlState:
        offset = (max(number, 1) - 1) * self.limit
        return self if offset == self.offset and not self.cursor else replace(self, offset=offset, cursor="")

    def asking(self, text: str) -> UrlState:
        return replace(self.at_page(1), text=text)

    def sorted_by(self, path: str, *, is_descending: bool = True) -> UrlState:
        """``""`` is by relevance."""
        return replace(self.at_page(1), sort=(Sort(path, is_descending),) if path else ())

    def has(self, chosen: Choice) -> bool:
        return chosen in self.choices

    def chosen(self, path: str, how: How) -> tuple[str, ...]:
        """The values that were chosen of the path this way."""
        return tuple(each.value for each in self.choices if (each.path, each.how) == (path, how))

    def toggled(self, chosen: Choice) -> UrlState:
        return self.without(chosen) if self.has(chosen) else self._choosing((*self.choices, chosen))

    def without(self, chosen: Choice) -> UrlState:
        return self._choosing(tuple(each for each in self.choices if each != chosen))

    def with_range(self, path: str, low: str, high: str) -> UrlState:
        """This range alone, whatever ranges of the path there were; two blank ends are none."""
        rest = tuple(each for each in self.choices if (each.path, each.how) != (path, How.RANGE))
        return self._choosing((*rest, Choice.of_range(path, low, high)) if low.strip() or high.strip() else rest)

    def cleared(self, path: str | None = None) -> UrlState:
        """Without what was chosen of the path; without a path, of all."""
        return self._choosing(tuple(each for each in self.choices if path is not None and each.path != path))

    def own(self, name: str) -> tuple[str, ...]:
        """The values of a page's own parameter."""
        return tuple(value for key, value in self.others if key == name)

    def with_own(self, name: str, value: str) -> UrlState:
        """A page's own parameter with this value alone, "" without it. The place among the results stays."""
        rest = tuple(pair for pair in self.others if pair[0] != name)
        others = (*rest, (name, value)) if value else rest
        return self if others == self.others else replace(self, others=others)

    def query_string(self) -> str:
        """The one way of writing this state; defaults are left out."""
        return "&".join([f"{_quoted(name)}={_quoted(value)}" for name, value in self.parameters()])

    def parameters(self) -> list[tuple[str, str]]:
        """What ``query_string`` writes, for the hidden fields of a form."""
        told = [
            *[("facet", _written(facet)) for facet in self.facets],
            ("sort", ",".join([("-" if each.is_descending else "") + listed(each.path) for each in self.sort])),
            ("limit", "" if self.limit == DEFAULT_LIMIT else str(self.limit)),
            *self._place(),
            ("cursor", self.cursor),
            ("fields", ",".join(map(listed, self.fields))),
            ("filter_principal_sets", ",".join(self.principal_sets)),
            ("advanced", _flag(self.is_advanced)),
            ("bypass_visible_to", _flag(self.sees_all)),
            ("highlight", _flag(self.highlights)),
            ("explain", _flag(self.explains)),
            ("suggest", _flag(self.suggests)),
            ("format", self.format),
        ]
        words = [("q", self.text)] if self.text else []
        chosen = [(each.key, each.value) for each in self.choices]
        return [*words, *chosen, *[pair for pair in told if pair[1]], *self.others]

    def _place(self) -> list[tuple[str, str]]:
        if not self.offset:
            return []
        is_whole = self.limit > 0 and self.offset % self.limit == 0
        return [("page", str(self.page)) if is_whole else ("offset", str(self.offset))]

    def _choosing(self, choices: tuple[Choice, ...]) -> UrlState:
        if choices == self.choices and not self.offset and not self.cursor:
            return self
        changed = object.__new__(UrlState)  # ``replace`` takes four times as long, and a page has 150 links of these.
        changed.__dict__.update(self.__dict__, choices=choices, offset=0, cursor="")
        return changed


@lru_cache(maxsize=1000)
def _quoted(text: str) -> str:
    """Kept, because the links of a page say nearly the same, hundreds of times."""
    return quote_plus(text)


def _flag(is_on: bool) -> str:
    return "true" if is_on else ""


def _written(facet: FacetAsk) -> str:
    """With the size where it is not the usual, or where the path itself ends like one."""
    is_plain = facet.size == DEFAULT_SIZE and not re.search(r":\d+\Z", facet.path)
    return facet.path if is_plain else f"{facet.path}:{facet.size}"


def listed(path: str) -> str:
    """A path as an item of a comma-joined list; ``paths.normalise`` takes these backslashes away again."""
    escaped = path.replace(",", "\\,")
    return f"\\{escaped}" if escaped.startswith("-") else escaped
