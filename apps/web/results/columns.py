"""Which paths a table of results, or a file of them, has as columns: as the visitor chose, or as the index proposes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from apps.search.forms.url import path_list
from apps.search.forms.url_state import UrlState, listed
from apps.search.types import Presentation, Shown, ShownSort
from apps.web.results.chips import name_of

NAME = "columns"
VIEW, TABLE = "view", "table"


@dataclass(frozen=True, slots=True)
class Option:
    """A column to choose. ``value`` is its path as an address writes it; the addresses move it by one place."""

    anchor: str
    value: str
    label: str
    is_chosen: bool = False
    earlier_url: str = ""
    later_url: str = ""


def is_table(state: UrlState) -> bool:
    """Whether the results stand in a table rather than on cards."""
    return state.own(VIEW) == (TABLE,)


def chosen(state: UrlState, presentation: Presentation) -> tuple[Shown, ...]:
    known = candidates(presentation)
    asked = path_list(state.own(NAME))
    return tuple(known.get(path) or Shown(path, name_of(path, None)) for path in asked) or presentation.columns


def candidates(presentation: Presentation) -> dict[str, Shown]:
    """Every path that the index shows anywhere; its columns as they are declared."""
    return presentation.known | {one.path: one for one in presentation.columns}


def canonical(state: UrlState, presentation: Presentation) -> UrlState:
    """With the columns written in the one way, and not at all if they are those that are proposed."""
    return _with(state, _paths(chosen(state, presentation)), presentation)


def options(state: UrlState, presentation: Presentation, url: Callable[[UrlState], str]) -> tuple[Option, ...]:
    """The chosen ones first, in their order."""
    shown = chosen(state, presentation)
    paths = _paths(shown)
    rest = [one for path, one in candidates(presentation).items() if path not in paths]

    def moved(at: int, to: int) -> str:
        if not 0 <= to < len(paths):
            return ""
        order = list(paths)
        order.insert(to, order.pop(at))
        return url(_with(state, tuple(order), presentation))

    first = [
        Option(f"column-{at}", listed(one.path), one.label, True, moved(at, at - 1), moved(at, at + 1))
        for at, one in enumerate(shown)
    ]
    return (*first, *(Option(f"column-{at}", listed(one.path), one.label) for at, one in enumerate(rest, len(first))))


def with_sort(presentation: Presentation, state: UrlState) -> Presentation:
    """With a name for the order that a heading of a table may have asked for."""
    if len(state.sort) != 1 or any(_is(one, state) for one in presentation.sorts):
        return presentation
    asked = state.sort[0]
    name = name_of(asked.path, candidates(presentation).get(asked.path))
    label = f"{name}, {'descending' if asked.is_descending else 'ascending'}"
    return replace(presentation, sorts=(*presentation.sorts, ShownSort(asked.path, label, asked.is_descending)))


def _is(one: ShownSort, state: UrlState) -> bool:
    return (one.path, one.is_descending) == (state.sort[0].path, state.sort[0].is_descending)


def _with(state: UrlState, paths: tuple[str, ...], presentation: Presentation) -> UrlState:
    is_proposed = paths == _paths(presentation.columns)
    return state.with_own(NAME, "" if is_proposed else ",".join(map(listed, paths)))


def _paths(shown: tuple[Shown, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.path for one in shown))
