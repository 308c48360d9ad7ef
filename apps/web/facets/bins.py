"""Where the bars of a histogram stand: round edges over all that a visitor sees, so that filters do not move them."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, isfinite, log10

SMALLEST_STEP = 1e-290  # Below, powers of ten lose their digits.
LARGEST_EXPONENT = 308.0
ABOUT = 30
SPAN_FOR_LOG = 1000


@dataclass(frozen=True, slots=True)
class Bins:
    """``edges`` are one more than the bars. On a logarithmic scale they are equally far apart in powers of ten."""

    edges: tuple[float, ...]
    is_log: bool = False

    @property
    def ranges(self) -> tuple[tuple[float | None, float | None], ...]:
        """From included, to excluded; the ends are open, so that the least and the greatest value are counted."""
        starts: list[float | None] = [None, *self.edges[1:-1]]
        ends: list[float | None] = [*self.edges[1:-1], None]
        return tuple(zip(starts, ends, strict=True))


def of(low: float, high: float, median: float | None, *, is_log: bool | None = None) -> Bins | None:
    """Bins for values from ``low`` to ``high``; None if there is nothing between that a double could tell apart.

    Much data at the low end of a wide span asks for a logarithmic scale, if nobody said whether it shall be one. Values
    that are not positive have none.
    """
    if not isfinite(high - low) or (high - low) / ABOUT < SMALLEST_STEP:
        return None
    asks_for_log = low > 0 and high / low >= SPAN_FOR_LOG and median is not None and median < (low + high) / 10
    if low > 0 and (asks_for_log if is_log is None else is_log):
        return Bins(_log_edges(low, high), is_log=True)
    step = round_step((high - low) / ABOUT)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    edges = tuple(_clean(i * step) for i in range(first, last + 1))
    return Bins(edges) if len(set(edges)) == len(edges) > 2 else None


def round_step(raw: float) -> float:
    """The least of 1, 2, 5 times a power of ten that is not below ``raw``."""
    power = 10.0 ** floor(log10(raw))
    return next(m * power for m in (1, 2, 5, 10) if m * power >= raw * 0.999)


def _log_edges(low: float, high: float) -> tuple[float, ...]:
    step = round_step((log10(high) - log10(low)) / ABOUT)
    first, last = floor(log10(low) / step + 1e-9), ceil(log10(high) / step - 1e-9)
    return tuple(10 ** min(i * step, LARGEST_EXPONENT) for i in range(first, last + 1))


def _clean(edge: float) -> float:
    """0.1 * 3 is 0.30000000000000004; a page says 0.3."""
    return float(f"{edge:.15g}")
