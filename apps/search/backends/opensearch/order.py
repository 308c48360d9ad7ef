"""The keys that put hits in order.

Of a subject's values only those of the first kind count. The engine knows no such thing across fields, so where a path
has several kinds, the keys behind the first are computed: they count as missing where an earlier kind has a value.
"""

from __future__ import annotations

from collections.abc import Sequence

from apps.search.backends.opensearch.connection import Json
from apps.search.backends.opensearch.schema import field, unmapped_type
from apps.search.types import Kind, Sort

BY_SUBJECT: Json = {"s": "asc"}
_KINDS = (Kind.NUMBER, Kind.DATE, Kind.STRING, Kind.BOOLEAN)

# One source for all paths and kinds, so that the engine compiles it once. Doc values are in ascending order.
_SCRIPT = """
for (earlier in params.earlier) {
    if (doc.containsKey(earlier) && doc[earlier].size() > 0) return params.missing;
}
if (!doc.containsKey(params.own) || doc[params.own].size() == 0) return params.missing;
def own = doc[params.own];
def value = own.get(params.greatest ? own.size() - 1 : 0);
return params.mark == null ? value : params.mark + value;
"""
_FAR = 1e300
"""Farther than any instant. JSON has no infinity, and the key is a part of cursors."""


def keys(sorts: Sequence[Sort]) -> list[Json]:
    """Missing values come last whichever way; ties go by subject."""
    return [*(key for sort in sorts for key in _keys(sort)), BY_SUBJECT]


def _keys(sort: Sort) -> list[Json]:
    kinds = [kind for kind in _KINDS if kind in sort.kinds]
    return [_computed(sort, kind, kinds[:place]) if place else _stored(sort, kind) for place, kind in enumerate(kinds)]


def _stored(sort: Sort, kind: Kind) -> Json:
    return {
        field(kind, sort.path): {
            "order": _direction(sort),
            "mode": "max" if sort.is_descending else "min",
            "missing": "_last",
            "unmapped_type": unmapped_type(kind),
        }
    }


def _computed(sort: Sort, kind: Kind, earlier: Sequence[Kind]) -> Json:
    """A date as a number; a string or a boolean as a string behind a mark that keeps it before what is missing."""
    parameters: Json = {
        "own": field(kind, sort.path),
        "earlier": [field(other, sort.path) for other in earlier],
        "greatest": sort.is_descending,
        "mark": "1" if sort.is_descending else "0",
        "missing": "0" if sort.is_descending else "1",
    }
    if kind is Kind.DATE:
        parameters |= {"mark": None, "missing": -_FAR if sort.is_descending else _FAR}
    script = {"lang": "painless", "source": _SCRIPT, "params": parameters}
    kept_as = "number" if kind is Kind.DATE else "string"
    return {"_script": {"type": kept_as, "script": script, "order": _direction(sort)}}


def _direction(sort: Sort) -> str:
    return "desc" if sort.is_descending else "asc"
