"""Which paths a state reads, and of which data."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from enum import Enum
from typing import Any, NamedTuple  # Any: JSON

from apps.flows.language.checking.spot import Spot
from apps.flows.language.checking.walk import WrittenState
from apps.flows.language.dialect import Dialect
from apps.flows.language.failures import StateFailure
from apps.flows.language.parsing import parsed
from apps.flows.language.path_reading import Key
from apps.flows.language.paths import compiled
from apps.flows.language.templates import EXPRESSION, PRIVATE, REFERENCE


class Of(Enum):
    """A path is of the data that came, or of what ``InputPath`` leaves of it."""

    DATA = "data"
    INPUT = "input"


class Read(NamedTuple):
    """Of the data, or of a variable. ``is_asked``: it is asked whether something is there, which is right where
    nothing is."""

    spot: Spot
    of: Of
    keys: tuple[Key, ...]
    is_asked: bool = False
    variable: str = ""

    @property
    def text(self) -> str:
        return f"${self.variable}" + "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in self.keys)


_TEMPLATES = ("Parameters", "ItemSelector")
_PATHS = (
    *("SecondsPath", "TimestampPath", "TimeoutSecondsPath", "ErrorPath", "CausePath", "ItemsPath"),
    *("MaxConcurrencyPath", "ToleratedFailureCountPath", "ToleratedFailurePercentagePath", "HeartbeatSecondsPath"),
)
_OF_MAPS = (
    ("ItemReader", (), ("Parameters",)),
    ("ItemBatcher", ("MaxItemsPerBatchPath", "MaxInputBytesPerBatchPath"), ("BatchInput",)),
    ("ResultWriter", (), ("Parameters",)),
)
_QUOTED = re.compile(r"'(?:[^'\\]|\\.)*'")
_PATH = re.compile(r"\$[^\s,()]*")


def reads_of(state: WrittenState) -> Iterator[Read]:
    """Of JSONata nothing is known."""
    if not state.speaks_jsonpath:
        return
    body, spot = state.body, state.spot
    yield from _path(body.get("InputPath"), spot.within("InputPath"), Of.DATA)
    for name in _PATHS:
        if not (name == "ItemsPath" and "ItemReader" in body):  # it is then of what was read
            yield from _source(body.get(name), spot.within(name))
    for name in _TEMPLATES:
        if not (name == "Parameters" and "Result" in body):
            yield from _template(body.get(name), spot.within(name))
    for holder, names, templates in _OF_MAPS:
        yield from _of_map(body.get(holder, {}), spot.within(holder), names, templates)
    yield from _rules(body.get("Choices"), spot.within("Choices"))


def _of_map(body: Any, spot: Spot, names: tuple[str, ...], templates: tuple[str, ...]) -> Iterator[Read]:
    for name in names:
        yield from _source(body.get(name), spot.within(name))
    for name in templates:
        yield from _template(body.get(name), spot.within(name))
    if "ReaderConfig" in body:
        place = spot.within("ReaderConfig", "MaxItemsPath")
        yield from _path(body["ReaderConfig"].get("MaxItemsPath"), place)


def _path(text: Any, spot: Spot, of: Of = Of.INPUT, *, is_asked: bool = False) -> Iterator[Read]:
    """Nothing, if it is of the context or of the run."""
    if not isinstance(text, str):
        return
    try:
        found = compiled(text)
    except StateFailure:
        return
    if found.root not in ("$", "$$"):
        yield Read(spot, of, found.keys, variable=found.root)
    elif found.root == "$" and found.keys and not (spot.dialect is Dialect.GLOBUS and found.keys[0] == "_context"):
        yield Read(spot, of, found.keys, is_asked)


def _source(text: Any, spot: Spot) -> Iterator[Read]:
    """A path, or an intrinsic function with paths in it."""
    if isinstance(text, str) and not text.startswith("$"):
        for found in _PATH.findall(_QUOTED.sub("", text)):
            yield from _path(found, spot)
    else:
        yield from _path(text, spot)


def _template(value: Any, spot: Spot) -> Iterator[Read]:
    if isinstance(value, list):
        for number, each in enumerate(value):
            yield from _template(each, spot.within(number))
    for name, inner in value.items() if isinstance(value, dict) else ():
        place = spot.within(name)
        if name.endswith(REFERENCE):
            yield from _source(inner, place)
        elif name.endswith(EXPRESSION):
            yield from _expression(inner, place)
        elif name != PRIVATE:
            yield from _template(inner, place)


def _rules(value: Any, spot: Spot) -> Iterator[Read]:
    if isinstance(value, list):
        for number, each in enumerate(value):
            yield from _rules(each, spot.within(number))
    for name, inner in value.items() if isinstance(value, dict) else ():
        if name == "Variable" or name.endswith("Path"):
            yield from _path(inner, spot.within(name), is_asked="IsPresent" in value)
        elif name in ("And", "Or", "Not"):
            yield from _rules(inner, spot.within(name))


def _expression(text: Any, spot: Spot) -> Iterator[Read]:
    try:
        expression = parsed(text)
    except StateFailure:
        return
    for path in expression.paths.values():
        yield from _path(path, spot)
    names = [node for node in ast.walk(expression.tree) if isinstance(node, ast.Name)]
    own = {name.id for name in names if isinstance(name.ctx, ast.Store)}
    for chain in _chains(expression.tree):
        if chain[0] not in own and chain[0] not in expression.paths:
            yield from _path("$." + ".".join(chain), spot)
    for asked in _asked(expression.tree):
        yield from _path("$." + asked.removeprefix("$."), spot, is_asked=True)


def _chains(tree: ast.AST) -> Iterator[tuple[str, ...]]:
    """Names with what follows them after dots, ``a.b.c``; neither functions nor methods."""
    match tree:
        case ast.Call(func=ast.Name()):
            yield from (chain for argument in tree.args for chain in _chains(argument))
        case ast.Call(func=ast.Attribute(value=value)):
            yield from (chain for each in (value, *tree.args) for chain in _chains(each))
        case ast.Name(id=name):
            yield (name,)
        case ast.Attribute(value=value, attr=attribute):
            chains = list(_chains(value))
            yield from [(*chains[0], attribute)] if _is_plain(value) else chains
        case _:
            yield from (chain for child in ast.iter_child_nodes(tree) for chain in _chains(child))


def _is_plain(tree: ast.AST) -> bool:
    while isinstance(tree, ast.Attribute):
        tree = tree.value
    return isinstance(tree, ast.Name)


def _asked(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="is_present" | "getattr"), args=[ast.Constant(value=str() as asked), *_]):
                yield asked
