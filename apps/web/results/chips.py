"""What is chosen, in words, each with a link that takes it away."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from apps.search import paths
from apps.search.forms.choices import BELOW, Choice, How
from apps.search.forms.url_state import UrlState
from apps.search.types import Shown
from apps.web.values import date, label


@dataclass(frozen=True, slots=True)
class Chip:
    label: str
    text: str
    remove_url: str
    is_not: bool = False


def build(state: UrlState, known: Mapping[str, Shown], url: Callable[[UrlState], str]) -> tuple[Chip, ...]:
    return tuple(_chip(choice, known.get(choice.path), url(state.without(choice))) for choice in state.choices)


def phrase(choice: Choice, shown: Shown | None) -> str:
    """The choice in a sentence."""
    chip = _chip(choice, shown, "")
    return f"{chip.label}: {chip.text}"


def name_of(path: str, shown: Shown | None) -> str:
    return shown.label if shown else label(paths.split(path)[-1])


def _chip(choice: Choice, shown: Shown | None, remove_url: str) -> Chip:
    unit = f" {shown.unit}" if shown and shown.unit else ""
    return Chip(name_of(choice.path, shown), _text(choice, unit), remove_url, is_not=choice.how is How.NOT)


def _text(choice: Choice, unit: str) -> str:
    value = choice.value or "(empty)"
    match choice.how:
        case How.NOT:
            return f"not {value}"
        case How.RANGE:
            return _range(value, unit)
        case How.EXISTS:
            return "given" if choice.value.lower() in {"true", "1", "yes", "on"} else "missing"
        case How.LIKE:
            start = value.removesuffix("*")
            return f"like {value}" if start == value or set(start) & {"*", "?"} else f"begins with {start}"
    return value


def _range(value: str, unit: str) -> str:
    low, high = value.split("--", 1)
    is_below = high.startswith(BELOW)
    low, high = (date(end) or end for end in (low, high.removeprefix(BELOW)))
    if low in {"", "*"} and high in {"", "*"}:
        return "given"
    if low in {"", "*"}:
        return f"{'below' if is_below else 'up to'} {high}{unit}"
    return f"from {low}{unit}" if high in {"", "*"} else f"{low} to {'below ' if is_below else ''}{high}{unit}"
