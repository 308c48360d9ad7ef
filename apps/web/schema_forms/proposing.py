"""Values that a file (or whatever else) proposes: they stand in the form, marked, until they are accepted or changed.

A proposal is known by the JSON pointer of its place. ``filled`` puts proposals where nothing is; the form marks those
whose value still stands as it was proposed; ``open_in`` says which are neither accepted nor changed after a reading.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from apps.common import places
from apps.web.schema_forms.fields import ABSENT
from apps.web.schema_forms.reading import Reading
from apps.web.schema_forms.spelling import same


@dataclass(frozen=True, slots=True)
class Proposal:
    """``source`` says in words where the value comes from: *the header of run7.cbf*."""

    value: Any
    source: str


Proposals = Mapping[str, Proposal]
NONE: Proposals = {}


def filled(value: Any, proposals: Proposals) -> Any:
    """The value with proposals where it has nothing; those that fit nowhere are left out."""
    found = {} if value is ABSENT else value
    for pointer, one in proposals.items():
        if places.at(found, pointer) is places.NOTHING:
            found = places.put(found, pointer, one.value)
    return found


def open_in(reading: Reading, proposals: Proposals) -> dict[str, Proposal]:
    return {
        pointer: one
        for pointer, one in proposals.items()
        if pointer not in reading.accepted and same(places.at(reading.value, pointer), one.value)
    }
