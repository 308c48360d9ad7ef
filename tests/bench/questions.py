"""What is asked: query documents as a caller sends them, each in several variants, so that no cache has them all."""

from __future__ import annotations

from typing import Any

Document = dict[str, Any]

VARIANTS = 6
_WORDS = ("soaked ligand", "helium path", "chip humidity", "lysozyme", "microcrystals compound", "beamline example")
_PREFIXES = ("soak*", "micro*", "humid*", "prog*", "amb*", "lys*")
_PROTEINS = ("PDL1", "Nsp10/16", "StTrpAB", "Lysozyme", "Nsp15", "KRAS")
_RUNS = ("S8", "S9", "S10", "S12", "S14", "S17")

_META = "project_metadata"
_HIT_RATE, _IMAGES = f"{_META}.batch_info.hit_rate", f"{_META}.batch_info.cbf_files"
_FACETS = [
    {"type": "terms", "field_name": path, "size": 10}
    for path in (
        f"{_META}.protein",
        f"{_META}.run_name",
        f"{_META}.chip",
        f"{_META}.user_input.space_group",
        f"{_META}.beamline_input.energy",
        "dc.publicationYear",
    )
] + [{"type": "date_histogram", "field_name": "dc.dates.date", "date_interval": "month"}]


def documents() -> dict[str, list[Document]]:
    """The set of queries by name."""
    return {name: [_document(make(n)) for n in range(VARIANTS)] for name, make in _MAKERS.items()}


def _document(asked: Document) -> Document:
    return {"@version": "query#1.0.0", "limit": 10, **asked}


def _range(path: str, low: object, high: object) -> Document:
    return {"type": "range", "field_name": path, "values": [{"from": low, "to": high}]}


def _match(path: str, *values: object) -> Document:
    return {"type": "match_any", "field_name": path, "values": list(values)}


def _filters(n: int) -> Document:
    attenuation = {"type": "exists", "field_name": f"{_META}.beamline_input.attenuation"}
    return {"q": "*", "filters": [_match(f"{_META}.protein", _PROTEINS[n]), _range(_HIT_RATE, 5 + n, 30), attenuation]}


def _deep(n: int) -> Document:
    either = {"type": "or", "filters": [_match(f"{_META}.run_name", *_RUNS[: n + 1]), _range(_IMAGES, 400, 6400)]}
    steps = {"type": "not", "filter": _match(f"{_META}.user_input.x_num_steps", "-", 100)}
    dates = _range("dc.dates.date", "2020-06", f"202{n}-12")
    both = {"type": "and", "filters": [either, steps, dates, {"type": "exists", "field_name": "files.sha256"}]}
    return {"q": "*", "filters": [both, _range(_HIT_RATE, n, 60)], "sort": [{"field_name": _HIT_RATE, "order": "asc"}]}


_MAKERS = {
    "faceted": lambda n: {"q": _WORDS[n], "facets": _FACETS},
    "filters": _filters,
    "sort by number": lambda n: {"q": "*", "sort": [{"field_name": (_HIT_RATE, _IMAGES)[n % 2]}], "offset": 10 * n},
    "match-all, facets": lambda n: {"q": "*", "facets": _FACETS, "offset": 10 * n},
    "deep filter": _deep,
    "prefix": lambda n: {"q": _PREFIXES[n]},
    "highlights": lambda n: {"q": _WORDS[n], "highlight": True},
}
