"""Facets whose values are paths: their levels one beneath another, each with how many records lie in it.

A level is written with the separator at its end (``a/b/``), a value as it is. A record may have several values below a
level, so that counts of levels are asked of the engine, not added up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from apps.search.forms.choices import Choice, How, clauses
from apps.search.forms.url_state import UrlState
from apps.search.types import AnyFacet, Distinct, FacetResult, ShownFacet, Terms
from apps.web.facets.facet import Option, documents

MOST_VALUES = 1000
MOST_LINES = 60
"""Each is a count of its own."""


def asks(shown: ShownFacet, anchor: str, contains: str) -> list[AnyFacet]:
    """The values that the levels are read from."""
    return [Terms(name=anchor, path=shown.path, size=MOST_VALUES, contains=contains)]


def counts(shown: ShownFacet, anchor: str, lines: Iterable[str]) -> list[AnyFacet]:
    """How many records lie in each line; to be asked when the values are known."""
    return [
        Distinct(name=f"{anchor}.{line}", path=shown.path, filters=clauses([_choice(shown, line)])) for line in lines
    ]


def options(
    shown: ShownFacet, anchor: str, state: UrlState, lines: Iterable[str], counted: Mapping[str, FacetResult]
) -> list[Option]:
    """A box for each line, with its count."""
    numbers = {line: documents(counted.get(f"{anchor}.{line}")) for line in lines}
    most = max([*numbers.values(), 1])
    found = []
    for at, (line, n) in enumerate(numbers.items()):
        choice, (*above, last) = _choice(shown, line), line.removesuffix(shown.separator).split(shown.separator)
        share = round(100 * n / most)
        label = last + (shown.separator if line.endswith(shown.separator) else "")
        is_chosen = state.has(choice)
        found.append(
            Option(f"{anchor}-{at}", choice.key, choice.value, label, n, share, is_chosen=is_chosen, level=len(above))
        )
    return found


@dataclass(frozen=True, slots=True)
class Lines:
    """Those that are ``shown``, in their order; ``has_more``: others are folded, or too many."""

    shown: tuple[str, ...]
    has_more: bool


def lines(shown: ShownFacet, state: UrlState, result: FacetResult, contains: str) -> Lines:
    """The first level; beneath what is chosen, or holds what is, the next one.

    A search inside the facet opens the levels down to the first line that holds the text.
    """
    separator, text = shown.separator, contains.lower()
    chosen = [value.removesuffix("*") for value in state.chosen(shown.path, How.LIKE)]
    values = [bucket.value for bucket in result.buckets if isinstance(bucket.value, str)]  # A number has no levels.
    seen = {part for value in (*values, *chosen) for part in _parts(value, separator)}
    opened = {part for value in chosen for part in _parts(value, separator)}
    if text:
        opened |= {part for value in values for part in _parts(value, separator) if text not in part.lower()}
    found = tuple(islice(_walk("", seen, opened, separator), MOST_LINES))
    return Lines(found, result.has_more or len(seen) > len(found))


def _walk(above: str, seen: Iterable[str], opened: set[str], separator: str) -> Iterator[str]:
    for line in sorted(part for part in seen if _above(part, separator) == above):
        yield line
        if line in opened and line.endswith(separator):
            yield from _walk(line, seen, opened, separator)


def _parts(value: str, separator: str) -> list[str]:
    """``a/b/c``: ``a/``, ``a/b/`` and itself."""
    keys = value.split(separator)
    levels = [separator.join(keys[:n]) + separator for n in range(1, len(keys))]
    return levels if value.endswith(separator) else [*levels, value]


def _above(line: str, separator: str) -> str:
    level, found, _ = line.removesuffix(separator).rpartition(separator)
    return level + found


def _choice(shown: ShownFacet, line: str) -> Choice:
    return Choice(shown.path, How.LIKE, f"{line}*" if line.endswith(shown.separator) else line)
