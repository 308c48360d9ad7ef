"""One state of a definition, as it is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

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
    raw = _at(document, [*_tokens(machine.pointer), "States", name])
    return StateView(name, kind_of(state), state.comment, to_json(raw))


def _tokens(pointer: str) -> Iterator[str]:
    for token in pointer.split("/")[1:]:
        yield token.replace("~1", "/").replace("~0", "~")


def _at(document: Any, tokens: list[str]) -> Any:
    for token in tokens:
        document = document[int(token)] if isinstance(document, list) else document[token]
    return document
