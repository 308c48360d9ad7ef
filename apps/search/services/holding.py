"""Which paths hold something for a visitor: what else is named would only say what hidden records are about."""

from __future__ import annotations

from functools import lru_cache

from apps.access.services import Actor
from apps.search.models import Index
from apps.search.services.asking import ask
from apps.search.services.finding import audience_of
from apps.search.types import Audience, Query, Ranges


def held(*, index: Index, actor: Actor, paths: frozenset[str], sees_all: bool = False) -> frozenset[str]:
    """Those of the paths at which a record that the actor sees has a value of any kind.

    The engine is asked once for each round of writes, and not for each page.

    Raises:
        NotAllowed: ``sees_all`` by one who does not administer the index.
    """
    return _held(index, (index.generation, index.version), audience_of(index, actor, sees_all=sees_all), paths)


@lru_cache(maxsize=1000)
def _held(index: Index, _as_of: tuple[int, int], audience: Audience, paths: frozenset[str]) -> frozenset[str]:
    """A facet of no ranges counts nothing but the records without a value."""
    facets = tuple(Ranges(name=path, path=path, ranges=()) for path in sorted(paths))
    found = ask(index, Query(limit=0, facets=facets), audience)
    return frozenset(result.name for result in found.facets if result.missing < found.total)
