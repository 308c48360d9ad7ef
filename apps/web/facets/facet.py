"""Facets as controls: values to tick with their counts, numbers between bounds under a histogram, dates by year."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log10

from django.utils.safestring import SafeString

from apps.search.types import Bucket, FacetResult, Scalar
from apps.web import markup
from apps.web.charts import svg
from apps.web.charts.shapes import Mark
from apps.web.facets.bins import Bins
from apps.web.values import count, number

HEIGHT = 52
BAR = 10


@dataclass(frozen=True, slots=True)
class Option:
    """A box to tick. ``share`` of 100 is its part of the greatest count in its facet.

    ``exclude_url`` leaves its records out, or takes them in again if it ``is_excluded``; "" where that cannot be.
    ``level`` is how deep it lies beneath others.
    """

    anchor: str
    name: str
    value: str
    label: str
    count: int
    share: int = 0
    is_chosen: bool = False
    is_missing: bool = False
    is_excluded: bool = False
    exclude_url: str = ""
    level: int = 0

    @property
    def count_text(self) -> str:
        return count(self.count)

    @property
    def kinds(self) -> str:
        """As names of classes."""
        depth = ("", " indent", " indent further")[min(self.level, 2)]
        return "facet-value" + " missing" * self.is_missing + " excluded" * self.is_excluded + depth

    @property
    def exclude_label(self) -> str:
        return f"{'Include' if self.is_excluded else 'Exclude'} {self.label}"


@dataclass(frozen=True, slots=True)
class Bounds:
    """Two typed ends and what is wrong with them. A malformed date must stay to be seen: its type is text."""

    anchor: str
    from_name: str
    to_name: str
    from_value: str = ""
    to_value: str = ""
    fault: str = ""
    input_type: str = "text"


@dataclass(frozen=True, slots=True)
class Histogram:
    """Bars, and two handles that move between ``first`` and ``last`` (exponents of ten on a logarithmic scale).

    Bars within the bounds are of the kind "in".
    """

    bars: tuple[Mark, ...]
    width: int
    height: int
    first: float
    last: float
    left: float
    right: float
    step: float
    low_text: str
    high_text: str
    is_log: bool

    @property
    def svg(self) -> SafeString:
        return svg.bars(self.bars)

    @property
    def left_text(self) -> str:
        return self._text(self.left)

    @property
    def right_text(self) -> str:
        return self._text(self.right)

    def _text(self, place: float) -> str:
        """The value at a place of a handle: what is heard must not be an exponent."""
        return edge_text(10**place if self.is_log else place)


@dataclass(frozen=True, slots=True)
class Find:
    """A box to search inside a facet. ``part_url`` gives a script the values alone."""

    anchor: str
    name: str
    text: str
    part_url: str


@dataclass(frozen=True, slots=True)
class FacetView:
    """``kind`` is values, numbers or dates. ``all_url`` leads to all values, a page at a time.

    ``find`` is there if there are more values than are shown; ``nothing`` says that there is none.
    """

    kind: str
    anchor: str
    label: str
    unit: str = ""
    options: tuple[Option, ...] = ()
    bounds: Bounds | None = None
    histogram: Histogram | None = None
    badge: str = ""
    all_url: str = ""
    is_open: bool = True
    find: Find | None = None
    nothing: str = "no values in these results"

    @property
    def options_html(self) -> SafeString:
        return markup.options(self.options)


def spelled(value: Scalar) -> str:
    """A value as it stands in an address."""
    match value:
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer() and abs(value) <= 2**53:
            return str(int(value))
    return str(value)


def counted(buckets: Sequence[Bucket]) -> Iterator[tuple[str, int]]:
    """Values as they stand in an address, with their counts."""
    for bucket in buckets:
        if not isinstance(bucket.value, tuple):
            yield spelled(bucket.value), bucket.count


def documents(result: FacetResult | None) -> int:
    """How many records have a value, as an answer about one says."""
    return int(result.statistics.get("documents") or 0) if result else 0


def options(
    buckets: Sequence[Bucket],
    *,
    anchor: str,
    name: str,
    chosen: Mapping[str, int],
    labels: Mapping[str, str] | None = None,
) -> list[Option]:
    """A box for each bucket, and for each chosen value that is not among them: those keep their true counts too.

    ``chosen`` are the values that are ticked, with their counts.
    """
    found = dict(counted(buckets))
    counts = {value: max(n, found.get(value, 0)) for value, n in chosen.items()}
    rows = {**found, **counts}
    most = max([*rows.values(), 1])
    return [
        Option(
            anchor=f"{anchor}-{at}",
            name=name,
            value=value,
            label=(labels or {}).get(value, value) or "(empty)",
            count=n,
            share=round(100 * n / most),
            is_chosen=value in chosen,
        )
        for at, (value, n) in enumerate(rows.items())
    ]


def missing(result: FacetResult, *, anchor: str, name: str, value: str, most: int, is_kept: bool) -> list[Option]:
    """The box for records without a value; none if there are no such records and nothing is chosen there."""
    if result.missing <= 0 and not is_kept:
        return []
    n = max(result.missing, 0)
    share = round(100 * n / max(most, n, 1))
    return [Option(f"{anchor}-missing", name, value, "missing", n, share, is_missing=True)]


def histogram(bins: Bins, buckets: Sequence[Bucket], *, lower: float | None, upper: float | None) -> Histogram:
    """Square-root heights, so that a rare bar beside a common one is seen."""
    place = log10 if bins.is_log else float
    most = max([bucket.count for bucket in buckets], default=1) or 1
    bars = tuple(
        _bar(at, bucket.count / most, bins.edges[at : at + 2], bucket.count, lower, upper)
        for at, bucket in enumerate(buckets)
        if bucket.count
    )
    first, last = place(bins.edges[0]), place(bins.edges[-1])
    return Histogram(
        bars=bars,
        width=len(buckets) * BAR,
        height=HEIGHT,
        first=first,
        last=last,
        left=_within(lower, bins, place, first),
        right=_within(upper, bins, place, last),
        step=float(f"{(last - first) / 200:.3g}"),
        low_text=edge_text(bins.edges[0]),
        high_text=edge_text(bins.edges[-1]),
        is_log=bins.is_log,
    )


def edge_text(edge: float) -> str:
    return number(float(f"{edge:.6g}")) if abs(edge) < 1e15 else f"{edge:.3g}"


def _bar(at: int, part: float, edges: tuple[float, ...], n: int, lower: float | None, upper: float | None) -> Mark:
    height = round(max(part**0.5 * (HEIGHT - 2), 1.5), 1)
    is_in = (lower is None or edges[1] > lower) and (upper is None or edges[0] <= upper)
    title = f"{edge_text(edges[0])} to {edge_text(edges[1])}: {count(n)}"
    return Mark(at * BAR + 0.5, HEIGHT - height, BAR - 1, height, title, url="", kind="in" if is_in else "out")


def _within(bound: float | None, bins: Bins, place: Callable[[float], float], otherwise: float) -> float:
    if bound is None:
        return otherwise
    return place(min(max(bound, bins.edges[0]), bins.edges[-1]))
