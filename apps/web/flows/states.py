"""One state of a definition, as it is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from apps.common.places import keys_of
from apps.flows.language.definition import Definition, State
from apps.flows.language.documents import to_json
from apps.web.flows.words import kind_of


@dataclass(frozen=True, slots=True)
class StateView:
    name: str
    kind: str
    comment: str
    text: str


def state_in(definition: Definition, document: Any, name: str) -> StateView | None:
    """None if there is none of this name. ``document`` is what the definition was read from, as far as it is shown."""
    machine = next((one for one in definition.machines.values() if name in one.states), None)
    if machine is None:
        return None
    state: State = machine.states[name]
    raw = _at(document, [*keys_of(machine.pointer), "States", name])
    return StateView(name, kind_of(state), state.comment, to_json(raw))


def _at(document: Any, tokens: list[str]) -> Any:
    for token in tokens:
        document = document[int(token)] if isinstance(document, list) else document[token]
    return document
