"""A definition and its states, as they are run. ``reading`` makes them of JSON; nothing here checks anything.

Names are those of the two languages in Python's spelling. What a definition leaves out stands here with the default of
its dialect, so that whoever runs it need not know the dialects apart. Where a value is to be found when the state is
run, its field is empty and the ``…_path`` beside it holds the path; in JSONata, the text ``{% … %}``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from apps.flows.language.choices import Rule
from apps.flows.language.dialect import Dialect

ROOT = ""
"""The pointer of the outermost machine."""


class Absent(StrEnum):
    """What a definition does not say, where ``null`` says something else."""

    ABSENT = "absent"


ABSENT = Absent.ABSENT


class QueryLanguage(StrEnum):
    JSONPATH = "JSONPath"
    JSONATA = "JSONata"


@dataclass(frozen=True, slots=True, kw_only=True)
class Retrier:
    """When a failed state is tried again: pauses grow from ``interval_s`` by ``backoff_rate``, to ``max_delay_s`` at
    most. ``is_jittered``: each pause is drawn between nothing and that."""

    errors: tuple[str, ...]
    interval_s: float = 1
    max_attempts: int = 3
    backoff_rate: float = 2
    max_delay_s: float | None = None
    is_jittered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Catcher:
    errors: tuple[str, ...]
    next: str
    result_path: str | None = "$"
    assign: Mapping[str, Any] = field(default_factory=dict)
    output: Any = ABSENT


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What all states have. ``next`` None: with it the machine has come to its end.

    ``input_path`` and ``output_path`` None stand for JSON's null: an empty object. ``assign`` and ``output`` are as
    written (``output`` in JSONata alone).
    """

    name: str
    next: str | None = None
    comment: str = ""
    query_language: QueryLanguage = QueryLanguage.JSONPATH
    input_path: str | None = "$"
    output_path: str | None = "$"
    assign: Mapping[str, Any] = field(default_factory=dict)
    output: Any = ABSENT

    @property
    def type(self) -> str:
        return type(self).__name__


@dataclass(frozen=True, slots=True, kw_only=True)
class Working(State):
    """What the states have that may fail and be tried again. ``parameters``: also ``Arguments`` of JSONata."""

    parameters: Any = ABSENT
    result_selector: Any = ABSENT
    result_path: str | None = "$"
    retries: tuple[Retrier, ...] = ()
    catches: tuple[Catcher, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass(State):
    parameters: Any = ABSENT
    result: Any = ABSENT
    result_path: str | None = "$"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpressionEval(State):
    parameters: Any
    result_path: str | None = "$"


@dataclass(frozen=True, slots=True, kw_only=True)
class Action(Working):
    """An action of an action provider; ``Task`` is its other name, ``url`` then what ``Resource`` names. The
    ``Handler`` of a registered API has the url ``registered-api:ID``.

    ``wait_s``: so long the action may take, None for ever; ``heartbeat_s``: so long nothing may be heard of it.
    ``fails_with_action``: an action that ended as failed is an error of the state. ``gives_details``: the result is
    what the action has to tell, not the whole of its status. ``run_as``: ``User``, ``Flow`` or a role with a token in
    the input.
    """

    url: str
    scope: str = ""
    run_as: str = "User"
    wait_s: float | None = None
    wait_path: str = ""
    heartbeat_s: float | None = None
    heartbeat_path: str = ""
    fails_with_action: bool = True
    gives_details: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait(State):
    """Exactly one of the four is told."""

    seconds: float | None = None
    seconds_path: str = ""
    timestamp: str = ""
    timestamp_path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One choice: where it goes if its rule holds. ``condition`` is JSONata's, instead of the rule."""

    next: str
    rule: Rule | None = None
    condition: str | bool = ""
    assign: Mapping[str, Any] = field(default_factory=dict)
    output: Any = ABSENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(State):
    ways: tuple[Way, ...]
    default: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Succeed(State):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Fail(State):
    """``error`` and ``cause`` are as written; a path may also be an intrinsic function."""

    error: str = ""
    cause: str = ""
    error_path: str = ""
    cause_path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parallel(Working):
    """``branches`` are pointers of machines."""

    branches: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """An action that a Map reads its items by; ``most_items`` of them at most (0: all).

    One that ``reads_files`` is told by ``config`` how they are to be understood; of others, the details are read.
    """

    url: str
    reads_files: bool = False
    parameters: Any = ABSENT
    config: Mapping[str, Any] = field(default_factory=dict)
    most_items: int = 0
    most_items_path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """An action that a Map writes its results by; without a ``url`` they are its result as ever.

    ``transformation`` says what is written of each; ``output_type`` is that of the files.
    """

    url: str = ""
    parameters: Any = ABSENT
    transformation: str
    output_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Map(Working):
    """The machine at ``processor`` for each item. ``parameters`` are of the old ``Iterator`` form: an item selector.

    A ``max_concurrency`` of 0 is as many as there is room for. ``tolerated_count`` and ``tolerated_percentage``: so
    many items may fail (0: none is told). ``batch_size``: so many items, and ``batch_bytes``: items of so many bytes,
    go to the processor at once (0: no batches), as ``{"Items": […]}`` with ``batch_input`` (a template) as
    ``BatchInput``. ``items``: JSONata's, instead of ``items_path``. With a ``reader``, both are of what it read.
    ``label`` is a name for what is written.
    """

    processor: str
    items_path: str = "$"
    items: Any = ABSENT
    item_selector: Any = ABSENT
    max_concurrency: int = 0
    max_concurrency_path: str = ""
    tolerated_count: int = 0
    tolerated_count_path: str = ""
    tolerated_percentage: float = 0
    tolerated_percentage_path: str = ""
    batch_size: int = 0
    batch_size_path: str = ""
    batch_bytes: int = 0
    batch_bytes_path: str = ""
    batch_input: Any = ABSENT
    reader: Reader | None = None
    writer: Writer | None = None
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """States that lead from one to the next."""

    pointer: str
    start_at: str
    states: Mapping[str, State]


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """``machines`` by their JSON pointers: the outermost (``ROOT``), and those within Parallel and Map states."""

    machines: Mapping[str, Machine]
    dialect: Dialect
    comment: str = ""
    timeout_s: float | None = None

    @property
    def root(self) -> Machine:
        return self.machines[ROOT]

    @property
    def states(self) -> list[State]:
        """Of all machines."""
        return [state for machine in self.machines.values() for state in machine.states.values()]

    def state(self, machine: str, name: str) -> State:
        return self.machines[machine].states[name]
