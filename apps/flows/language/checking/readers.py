"""The states of a machine, with what they read: asked which of it may not be there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from apps.flows.language.checking.dataflow import Entries, input_of
from apps.flows.language.checking.possible import Keys, Possible, within
from apps.flows.language.checking.reads import Of, Read, reads_of
from apps.flows.language.checking.walk import WrittenMachine, WrittenState


@dataclass(frozen=True)
class Readers:
    machine: WrittenMachine

    @cached_property
    def states(self) -> dict[str, WrittenState]:
        return self.machine.states

    @cached_property
    def reads(self) -> dict[str, list[Read]]:
        return {name: list(reads_of(state)) for name, state in self.states.items()}

    @cached_property
    def asked(self) -> list[Keys]:
        """The paths of which any state asks whether something is there: it thinks that it may come with the input."""
        return [read.keys for reads in self.reads.values() for read in reads if read.is_asked]

    def absent(self, entries: Entries) -> Iterator[tuple[str, Read]]:
        """What is read and cannot be there, with the state that reads it; save what is asked for."""
        for name, data in entries.items():
            for read in self.reads[name]:
                is_of_data = not (read.is_asked or read.variable or self._is_asked(read.keys))
                if is_of_data and within(self.base(name, data, read), read.keys) is None:
                    yield name, read

    def base(self, name: str, data: Possible, read: Read) -> Possible:
        """What a path is looked for in, when ``data`` comes to the state."""
        return data if read.of is Of.DATA else input_of(self.states[name], data)

    def _is_asked(self, keys: Keys) -> bool:
        """Itself, or something around it."""
        return any(tuple(keys[: len(each)]) == tuple(each) for each in self.asked)
