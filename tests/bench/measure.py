"""Two things in turns, and what the clock said."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Any

Call = Callable[[int], Any]


@dataclass(frozen=True, slots=True)
class Pair:
    """What two sides took, in milliseconds; the numbers in one place were measured one after the other."""

    group: str
    name: str
    a_name: str
    b_name: str
    a: tuple[float, ...]
    b: tuple[float, ...]

    @property
    def runs(self) -> int:
        return len(self.a)

    @property
    def ratios(self) -> list[float]:
        return sorted(a / b for a, b in zip(self.a, self.b, strict=True))

    def summary(self) -> dict[str, Any]:
        """The ratio a / b (median of pairs, quartiles, extremes), and the percentiles of both sides."""
        ratios = self.ratios
        low, middle, high = quartiles(ratios)
        return {
            "group": self.group,
            "name": self.name,
            "runs": self.runs,
            "ratio": {"median": middle, "q1": low, "q3": high, "min": ratios[0], "max": ratios[-1]},
            self.a_name: percentiles(self.a),
            self.b_name: percentiles(self.b),
            "p50_ratio": percentiles(self.a)["p50"] / percentiles(self.b)["p50"],
            "p95_ratio": percentiles(self.a)["p95"] / percentiles(self.b)["p95"],
        }


def percentiles(times: Sequence[float]) -> dict[str, float]:
    ordered = sorted(times)
    return {"p50": median(ordered), "p95": ordered[round(0.95 * (len(ordered) - 1))]}


def quartiles(values: Sequence[float]) -> tuple[float, float, float]:
    if len(values) < 2:
        return values[0], values[0], values[0]
    low, middle, high = quantiles(values, n=4, method="inclusive")
    return low, middle, high


@dataclass(frozen=True, slots=True)
class Pace:
    """How often a pair is measured: ``runs`` times after ``warm_ups`` that do not count, or until the time is up.

    ``before`` is done before each call and not measured.
    """

    runs: int
    warm_ups: int
    seconds: float
    before: Callable[[], object] = lambda: None

    def alternate(self, group: str, name: str, **sides: Call) -> Pair:
        """Measure two calls in turns; each gets the number of the run. At least three runs are made."""
        (a_name, a), (b_name, b) = sides.items()
        for number in range(self.warm_ups):
            a(number), b(number)
        a_times: list[float] = []
        b_times: list[float] = []
        deadline = time.monotonic() + self.seconds
        for number in range(self.runs):
            for call, times in ((a, a_times), (b, b_times)):
                self.before()
                times.append(timed(lambda: call(number)))  # noqa: B023  # called before the loop goes on
            if time.monotonic() > deadline and number >= 2:
                break
        return Pair(group, name, a_name, b_name, tuple(a_times), tuple(b_times))


def timed(call: Callable[[], object]) -> float:
    """Milliseconds that a call took."""
    began = time.perf_counter()
    call()
    return (time.perf_counter() - began) * 1000
