"""A branch is at a state: what it sees there, and how it leaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from apps.flows.engine.outcomes import End, Go
from apps.flows.engine.positions import Position, World
from apps.flows.language import intrinsics, jsonata, paths, templates
from apps.flows.language.definition import ABSENT, QueryLanguage, State, Working
from apps.flows.language.failures import ErrorName, StateFailure
from apps.flows.language.scene import Scene


@dataclass(frozen=True)
class Visit:
    """Raises ``StateFailure`` where the definition does not fit the data."""

    world: World
    position: Position
    now: datetime

    @cached_property
    def state(self) -> State:
        return self.world.state_at(self.position)

    @property
    def is_jsonata(self) -> bool:
        return self.state.query_language is QueryLanguage.JSONATA

    def misfit(self, cause: str) -> StateFailure:
        """A value is not of the kind that the state needs."""
        return StateFailure(ErrorName.QUERY if self.is_jsonata else ErrorName.RUNTIME, cause)

    def with_item(self, number: int, value: Any) -> Visit:
        """The same, for one item of a Map."""
        return replace(self, position=replace(self.position, item={"Index": number, "Value": value}))

    # --- what it sees --------------------------------------------------------------------------------------------

    @cached_property
    def input(self) -> Any:
        """What ``InputPath`` leaves of the data."""
        path = self.state.input_path
        if path is None:
            return {}
        return self.position.data if path == "$" or self.is_jsonata else paths.find(path, self.scene())

    def scene(self, data: Any = ABSENT) -> Scene:
        """What paths and expressions see when ``$`` is ``data``."""
        return self.world.scene(self.position, self.position.data if data is ABSENT else data)

    def filled(self, template: Any, data: Any) -> Any:
        """A template (``Parameters``, ``Arguments``) with what it names; ``data`` itself where there is none."""
        if template is ABSENT:
            return data
        return self.evaluated(template) if self.is_jsonata else templates.fill(template, self.scene(data))

    def evaluated(self, template: Any, **known: Any) -> Any:
        """JSONata. ``known`` are members of ``$states`` besides ``input`` and ``context``."""
        told = {"input": self.position.data, "context": self.world.context_at(self.position), **known}
        return jsonata.evaluate(template, {**self.position.variables, "states": told})

    def found(self, written: str) -> Any:
        """What stands where the definition says: at a path, by an intrinsic function, or by JSONata."""
        if written.startswith("{%"):
            return self.evaluated(written)
        return paths.find(written, self.scene()) if written.startswith("$") else intrinsics.call(written, self.scene())

    # --- how it leaves -------------------------------------------------------------------------------------------

    def leave(self, result: Any, *, result_path: str | None = "$", selector: Any = ABSENT) -> Go | End:
        """On to the next state with the result in its place, or to the end."""
        state = self.state
        if self.is_jsonata:
            output = result if state.output is ABSENT else self.evaluated(state.output, result=result)
            return self.go(state.next, output, self.assigned(state.assign, result=result))
        variables = self.assigned(state.assign, data=result)
        if selector is not ABSENT:
            result = templates.fill(selector, self.scene(result))
        data = self.position.data if result_path is None else paths.put(result_path, self.position.data, result)
        return self.go(state.next, self.output_of(data), variables)

    def assigned(self, assign: Mapping[str, Any], *, data: Any = ABSENT, **known: Any) -> Mapping[str, Any]:
        """The variables, with those that are assigned now. ``$`` is ``data`` there; ``known`` is for JSONata."""
        variables = self.position.variables
        if not assign:
            return variables
        if self.is_jsonata:
            return {**variables, **self.evaluated(dict(assign), **known)}
        return {**variables, **templates.fill(dict(assign), self.scene(data))}

    def go(self, state: str | None, data: Any, variables: Mapping[str, Any]) -> Go | End:
        """To this state; to the end if it is None."""
        if state is None:
            return End(output=data)
        return Go(position=self.position.at(state, data, variables, self.now))

    def output_of(self, data: Any) -> Any:
        """What ``OutputPath`` leaves of it."""
        output_path = self.state.output_path
        if output_path == "$":
            return data
        return {} if output_path is None else paths.find(output_path, self.scene(data))


def leave(visit: Visit, state: Working, result: Any) -> Go | End:
    """On from a state that has worked, with what came of it."""
    return visit.leave(result, result_path=state.result_path, selector=state.result_selector)
