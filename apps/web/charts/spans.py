"""The bars of a histogram: over all that is visible; where a range is chosen, finer ones within it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from math import inf, nextafter

from apps.web.charts.narrowing import Span
from apps.web.facets import bins as binning
from apps.web.facets.bins import Bins

Extent = Mapping[str, float | None]
"""Statistics of a path: ``min``, ``max``, ``p50``."""


@dataclass(frozen=True, slots=True)
class Bars:
    """``ranges`` are the ``spans`` as a facet takes them: the upper end excluded."""

    bins: Bins
    spans: tuple[Span, ...]
    ranges: tuple[tuple[float | None, float | None], ...]


def bars(extent: Extent, chosen: Span | None, *, is_log: bool | None = None) -> Bars | None:
    """``is_log`` is what was declared of the scale; see ``bins.of``."""
    low, high = extent.get("min"), extent.get("max")
    if low is None or high is None:
        return None
    if chosen is None:  # As the facet beside it asks, so that one answer serves both.
        bins = binning.of(low, high, extent.get("p50"), is_log=is_log)
        return Bars(bins, _spans(bins.edges, is_below=False), bins.ranges) if bins else None
    first = low if chosen.low is None else max(chosen.low, low)
    is_cut = chosen.high is not None and chosen.high <= high
    last = chosen.high if is_cut and chosen.high is not None else high
    bins = binning.of(first, last, None, is_log=is_log)
    if bins is None:
        return None
    spans = _spans((first, *bins.edges[1:-1], last), is_below=is_cut and chosen.is_below)
    return Bars(bins, spans, tuple(_range(one) for one in spans))


def _spans(edges: tuple[float, ...], *, is_below: bool) -> tuple[Span, ...]:
    found = [Span(*ends, is_below=True) for ends in pairwise(edges)]
    return (*found[:-1], replace(found[-1], is_below=is_below))


def _range(span: Span) -> tuple[float | None, float | None]:
    return span.low, span.high if span.is_below or span.high is None else nextafter(span.high, inf)
