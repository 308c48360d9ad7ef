"""Two people, or two tabs, wrote the same draft: what differs, and what becomes of it.

A page says what it began with. Who changed a place alone is right about it; where both did, somebody chooses.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from apps.common import places
from apps.publish.models import Submission
from apps.publish.services import DraftChanges
from apps.publish.types import Wanted
from apps.web.values import label, value

CHOICE, EMBARGO = "?choice", "?embargo"
_LABELS = {CHOICE: "Who will see it", EMBARGO: "The day on which the embargo lifts"}
MOST_SEEN = 256 << 10
Leaves = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """A place of which two things are said. ``takes_theirs``: what is chosen until somebody chooses otherwise."""

    pointer: str
    label: str
    mine: str
    theirs: str
    takes_theirs: bool
    is_disputed: bool


def seen(draft: Submission) -> str:
    """What a page begins with, for it to say later; "" if that is too much."""
    text = json.dumps(_leaves(draft.content, draft.typed, draft.wanted), ensure_ascii=False, separators=(",", ":"))
    return text if len(text) <= MOST_SEEN else ""


def differences(draft: Submission, told: DraftChanges, began_with: str, labels: Mapping[str, str]) -> list[Difference]:
    """Between what was saved meanwhile and what a page says."""
    theirs, mine, base = _theirs(draft), _mine(draft, told), _base(began_with)
    found = []
    for pointer in dict.fromkeys([*mine, *theirs]):
        one, other, before = (side.get(pointer) for side in (mine, theirs, base or {}))
        if one == other:
            continue
        i_changed, they_changed = one != before, other != before
        is_disputed = base is None or (i_changed and they_changed)
        takes_theirs = not is_disputed and they_changed
        found.append(Difference(pointer, _label(pointer, labels), _text(one), _text(other), takes_theirs, is_disputed))
    return found


def merged(draft: Submission, told: DraftChanges, theirs: Iterable[str]) -> DraftChanges:
    """What the page says, but for the places of ``theirs``: there what was saved stands."""
    content: Any = told.content
    typed, wanted, saved = dict(told.typed or {}), told.wanted or Wanted(), draft.wanted
    for pointer in theirs:
        if pointer == CHOICE:
            wanted = replace(wanted, choice=saved.choice)
        elif pointer == EMBARGO:
            wanted = replace(wanted, embargo=saved.embargo)
        elif pointer.startswith("/"):
            held = places.at(draft.content, pointer)
            content = places.without(content, pointer) if held is places.NOTHING else places.put(content, pointer, held)
            typed.pop(pointer, None)
            typed |= {pointer: draft.typed[pointer]} if pointer in draft.typed else {}
    proposed = {**draft.proposed, **(told.proposed or {})}
    kept = {pointer: one for pointer, one in proposed.items() if places.at(content, pointer) == one["value"]}
    return replace(told, content=content, typed=typed, wanted=wanted, proposed=kept)


def _theirs(draft: Submission) -> Leaves:
    return _leaves(draft.content, draft.typed, draft.wanted)


def _mine(draft: Submission, told: DraftChanges) -> Leaves:
    return _leaves(told.content or {}, told.typed or {}, told.wanted or draft.wanted)


def _base(text: str) -> Leaves | None:
    try:
        found = json.loads(text[: MOST_SEEN + 1])
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _leaves(content: Mapping[str, Any], typed: Mapping[str, str], wanted: Wanted) -> Leaves:
    """Members of objects one by one; a list is one thing: its items have no names."""
    return {**dict(_walk(content, "")), **typed, CHOICE: wanted.choice, EMBARGO: wanted.embargo}


def _walk(content: Any, pointer: str) -> Iterable[tuple[str, Any]]:
    if isinstance(content, Mapping) and (content or not pointer):
        for key, one in content.items():
            yield from _walk(one, places.pointer_to(pointer, key))
    else:
        yield pointer, content


def _label(pointer: str, labels: Mapping[str, str]) -> str:
    return _LABELS.get(pointer) or labels.get(pointer) or label(places.keys_of(pointer)[-1] if pointer else "Form")


def _text(told: Any) -> str:
    if told is None or told == "":
        return "nothing"
    return value(told).text if isinstance(told, str | int | float) else json.dumps(told, ensure_ascii=False)[:2000]
