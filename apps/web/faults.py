"""What of an address could not be read, told by the field that it belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from apps.search.forms.problems import Problems
from apps.search.types import Shown
from apps.web.facets.facet_list import Place
from apps.web.results import chips
from apps.web.values import label

_NAMES = {"": "Address", "q": "Search", "cursor": "Place among the results", "limit": "Records a page"}


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in the address that could not be read. ``anchor`` is the field's id, "" if there is none."""

    label: str
    message: str
    anchor: str = ""


def messages_of(problems: Problems) -> dict[str, str]:
    """What is wrong, by parameter; "" is the address as a whole."""
    told = problems.messages().get("query")
    by_key = told if isinstance(told, dict) else {"": told}
    return {
        key.removeprefix("_schema"): " ".join(texts)
        for key, texts in by_key.items()
        if isinstance(texts, list) and texts
    }


def build(messages: Mapping[str, str], places: Iterable[Place], known: Mapping[str, Shown]) -> tuple[Fault, ...]:
    anchors = {f"filter-range.{place.path}": f"{place.anchor}-from" for place in places} | {"q": "q", "sort": "sort"}
    found = []
    for key, message in messages.items():
        name, _, path = key.partition(".")
        words = chips.name_of(path, known.get(path)) if path else _NAMES.get(name) or label(name)
        found.append(Fault(words, message, anchors.get(key, "")))
    return tuple(found)
