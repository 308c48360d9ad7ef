"""From entries to what an engine holds: the typed leaves of a content, and the views of a subject."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import combinations
from typing import Any, TypeVar

from shapely import Point
from shapely.geometry.base import BaseGeometry

from apps.search import analysis, dates, geometry, paths
from apps.search.errors import TooManyViews
from apps.search.types import ALL_AUTHENTICATED, PUBLIC, Kind, SubjectViews, ViewDocument

T = TypeVar("T")

MAX_VIEWS = 64
MAX_DEPTH = 10
MAX_WORDS = 20_000
TITLE_KEYS = frozenset({"id", "identifier", "doi", "title", "name", "label"})
"""Keys whose whole value people type to find just this record; so do keys that end in ``Id``, ``_id`` and the like."""


@dataclass(slots=True)
class Leaves:
    """The typed leaves of one content. ``texts`` is all that free text finds; ``paths`` has the objects' paths too."""

    strings: dict[str, list[str]] = field(default_factory=dict)
    numbers: dict[str, list[float]] = field(default_factory=dict)
    dates: dict[str, list[int]] = field(default_factory=dict)
    booleans: dict[str, list[bool]] = field(default_factory=dict)
    points: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    shapes: set[str] = field(default_factory=set)
    sides: dict[str, list[float]] = field(default_factory=dict)
    paths: set[str] = field(default_factory=set)
    texts: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)

    def kinds(self) -> dict[str, list[Kind]]:
        """Which kinds stand at which path."""
        found: dict[str, list[Kind]] = {}
        for kind, values in self.by_kind():
            for path in values:
                found.setdefault(path, []).append(kind)
        return found

    def fields(self) -> list[dict[str, list[Any]]]:
        """All that has a field of its own in an engine."""
        return [self.strings, self.numbers, self.dates, self.booleans, self.points, self.sides]

    def by_kind(self) -> list[tuple[Kind, Mapping[str, Sequence[Any]]]]:
        return [
            (Kind.STRING, self.strings),
            (Kind.NUMBER, self.numbers),
            (Kind.DATE, self.dates),
            (Kind.BOOLEAN, self.booleans),
            (Kind.POINT, self.points),
            (Kind.SHAPE, dict.fromkeys(self.shapes, ())),
        ]


def leaves(content: Mapping[str, Any], geo_fields: Mapping[str, str] | None = None) -> Leaves:
    """Walk a content. ``null`` is no value; an array is many values; a path declared in ``geo_fields`` is a point."""
    found = Leaves()
    _walk_object(found, "", content, geo_fields or {})
    return found


def _walk_object(found: Leaves, prefix: str, value: Mapping[str, Any], geo_fields: Mapping[str, str]) -> None:
    for key, child in value.items():
        name = key if "." not in key and "\\" not in key else paths.join((key,))
        _walk(found, f"{prefix}.{name}" if prefix else name, key, child, geo_fields)


def _walk(found: Leaves, path: str, key: str, value: Any, geo_fields: Mapping[str, str]) -> None:  # Any: JSON
    if geo_fields and path in geo_fields and (place := geometry.read(value)) is not None:
        _place(found, path, place)
        return
    if isinstance(value, str):
        found.paths.add(path)
        _string(found, path, key, value)
        return
    if value is None:
        return
    if isinstance(value, list):
        for item in value:
            _walk(found, path, key, item, geo_fields)
        return
    if isinstance(value, dict):
        before = len(found.paths)
        _walk_object(found, path, value, geo_fields)
        if len(found.paths) > before:
            found.paths.add(path)
        return
    found.paths.add(path)
    if isinstance(value, bool):
        found.booleans.setdefault(path, []).append(value)
    else:
        found.texts.append(str(value))
        found.numbers.setdefault(path, []).append(_double(value))


def _string(found: Leaves, path: str, key: str, value: str) -> None:
    if not value.isascii():
        value = analysis.composed(value)
    if path in found.strings:
        found.strings[path].append(value)
    else:
        found.strings[path] = [value]
    found.texts.append(value)
    instant = dates.instant(value)
    if instant is not None:
        found.dates.setdefault(path, []).append(instant)
    if len(value) <= 300 and _is_title(key):
        found.titles.append(value)


@lru_cache(maxsize=10_000)
def _is_title(key: str) -> bool:
    return key.lower() in TITLE_KEYS or key.endswith(("Id", "ID", "_id", "Title", "_title", "Name", "_name"))


def _double(value: int | float) -> float:
    """The nearest double; an integer beyond all doubles becomes the greatest."""
    try:
        return float(value)
    except OverflowError:
        return sys.float_info.max if value > 0 else -sys.float_info.max


def _place(found: Leaves, path: str, place: BaseGeometry) -> None:
    """A point, and of any shape the sides of its bounding box."""
    found.paths.add(path)
    if isinstance(place, Point):
        found.points.setdefault(path, []).append((place.y, place.x))
    else:
        found.shapes.add(path)
    for side, bound in geometry.sides(path, place).items():
        found.sides.setdefault(side, []).append(bound)


# --- views ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Seen:
    """Who a view is for: whoever meets each of ``required`` and none of ``denied`` sees the entries with these sets."""

    sets: frozenset[frozenset[str]]
    required: tuple[frozenset[str], ...]
    denied: frozenset[str]


def visibilities(sets: Iterable[frozenset[str]]) -> list[Seen]:
    """The combinations of visibility sets that some caller sees together.

    Whoever sees s sees t too when t holds all of s, or `public`, or `all_authenticated_users` while s is not public.
    So each combination is closed upwards; what is implied is not asked for again.

    Raises:
        TooManyViews: more than 64 combinations.
    """
    distinct = sorted({widest(found) for found in sets if found}, key=sorted)
    free = [found for found in distinct if PUBLIC in found]
    bound = [found for found in distinct if PUBLIC not in found]
    if len(bound) > MAX_DEPTH:
        raise TooManyViews
    seen = []
    for size in range(len(bound) + 1):
        for chosen in combinations(bound, size):
            together = {*free, *chosen}
            if not together or any(t not in together for s in chosen for t in bound if _implies(s, t)):
                continue
            least = [s for s in chosen if not any(t != s and _implies(t, s) for t in chosen)]
            denied = frozenset().union(*(s for s in bound if s not in together))
            if any(s <= denied for s in least):
                continue  # Nobody meets a set without meeting what is denied.
            seen.append(Seen(frozenset(together), tuple(least) or (frozenset({PUBLIC}),), denied))
            if len(seen) > MAX_VIEWS:
                raise TooManyViews
    return seen


def widest(visible_to: frozenset[str]) -> frozenset[str]:
    """The same audience in one spelling: beside `public` (or `all_authenticated_users`) nobody else counts.

    Two spellings of one audience would each be implied by the other, and neither would be asked for.
    """
    for everybody in (PUBLIC, ALL_AUTHENTICATED):
        if everybody in visible_to:
            return frozenset({everybody})
    return visible_to


def _implies(s: frozenset[str], t: frozenset[str]) -> bool:
    return s != t and (s <= t or ALL_AUTHENTICATED in t)


@dataclass(frozen=True, slots=True)
class Source:
    """An entry on its way into views."""

    visible_to: frozenset[str]
    sets: tuple[str, ...]
    leaves: Leaves


def source(visible_to: Iterable[str], principal_sets: Mapping[str, Iterable[str]], found: Leaves) -> Source:
    """An entry, as the database has it, on its way into views."""
    tokens = tuple(f"{name}\0{principal}" for name, several in principal_sets.items() for principal in several)
    return Source(frozenset(visible_to), tokens, found)


def views(
    subject: str, sources: Sequence[Source], *, stale: int = 1, indexed: frozenset[str] | None = None
) -> SubjectViews:
    """All views of a subject. Paths that are not ``indexed`` (None: all are) keep their text and lose their fields.

    Raises:
        TooManyViews: see ``visibilities``.
    """
    seen = visibilities(source.visible_to for source in sources)
    made: list[ViewDocument] = []
    for one in seen:
        members = [source for source in sources if widest(source.visible_to) in one.sets]
        document = _document(subject, len(made), members, indexed)
        whole = len(members) == len(sources)
        if len(seen) == 1 and len(one.required) == 1:
            made.append(replace(document, acl=tuple(sorted(one.required[0])), is_whole=whole))
        else:
            required = tuple(tuple(sorted(need)) for need in one.required)
            made.append(replace(document, required=required, denied=tuple(sorted(one.denied)), is_whole=whole))
    if sources and not any(view.is_whole for view in made):
        made.append(_document(subject, len(made), sources, indexed))  # An entry that nobody sees: for administrators.
    return SubjectViews(subject, tuple(made), stale=stale)


def depth(subjects: Iterable[SubjectViews]) -> int:
    """The most sets that one of these views needs at once."""
    return max((len(view.required) for one in subjects for view in one.views), default=0)


def _document(subject: str, number: int, sources: Sequence[Source], indexed: frozenset[str] | None) -> ViewDocument:
    merged = sources[0].leaves if len(sources) == 1 else _merge([source.leaves for source in sources])
    return ViewDocument(
        subject=subject,
        number=number,
        sets=tuple(sorted({token for source in sources for token in source.sets})),
        exact=_exact(subject, merged.titles),
        paths=tuple(merged.paths),
        strings=_kept(merged.strings, indexed),
        numbers=_kept(merged.numbers, indexed) | merged.sides,
        dates=_kept(merged.dates, indexed),
        booleans=_kept(merged.booleans, indexed),
        points=_kept(merged.points, indexed),
        texts=tuple(merged.texts),
        words=_words(merged.texts),
    )


def _kept(values: dict[str, T], indexed: frozenset[str] | None) -> dict[str, T]:
    if indexed is None or values.keys() <= indexed:
        return values
    return {path: value for path, value in values.items() if path in indexed}


def _merge(found: Sequence[Leaves]) -> Leaves:
    merged = Leaves()
    for one in found:
        for target, values in zip(merged.fields(), one.fields(), strict=True):
            for path, several in values.items():
                target.setdefault(path, []).extend(several)
        merged.paths |= one.paths
        merged.texts += one.texts
        merged.titles += one.titles
    return merged


def _exact(subject: str, titles: Sequence[str]) -> tuple[str, ...]:
    tail = subject.rstrip("/").replace(":", "/").rsplit("/", 1)[-1]
    return tuple({folded for text in (subject, tail, *titles) if (folded := analysis.fold(text))})


def _words(texts: Sequence[str]) -> tuple[str, ...]:
    """The distinct words, for prefixes, suggestions and fuzzy search. A document of more words than that is a dump."""
    plain = "\n".join(text for text in texts if text.isascii())  # One accent shall not slow down all that has none.
    other = "\n".join(text for text in texts if not text.isascii())
    found = dict.fromkeys(analysis.words(plain) + analysis.words(other))
    return tuple(found) if len(found) <= MAX_WORDS else tuple(found)[:MAX_WORDS]
