"""Parallel and Map: the branches that they begin."""

from __future__ import annotations

import json
from math import floor
from typing import Any

from apps.flows.engine.outcomes import Fork, Outcome
from apps.flows.engine.positions import Position
from apps.flows.engine.visit import Visit
from apps.flows.language.definition import ABSENT, Map, Parallel
from apps.flows.language.failures import StateFailure, shown

MOST_AT_ONCE = 40
"""Of a Map without a ``MaxConcurrency``, as in the hosted service: there is no more room."""
MOST_ITEMS = 10_000
TOO_MANY_FAILED = "States.ExceedToleratedFailureThreshold"
LIMIT = "States.DataLimitExceeded"


def split(visit: Visit, state: Parallel) -> Outcome:
    """All branches at once, each with the same input."""
    return Fork(position=visit.position, items=list(state.branches), most_at_once=len(state.branches))


def spread(visit: Visit, state: Map, items: list[Any]) -> Outcome:
    """A branch for each item, or for each batch of them."""
    if is_batched(state):
        size = _number(visit, state.batch_size, state.batch_size_path, "MaxItemsPerBatch")
        most_bytes = _number(visit, state.batch_bytes, state.batch_bytes_path, "MaxInputBytesPerBatch")
        items = [_selected(visit, state, number, item) for number, item in enumerate(items)]
        items = batches_of(items, size or len(items), most_bytes)
    if len(items) > MOST_ITEMS:
        told = f"{shown(state.name)} was given {len(items):,} items; a Map has at most {MOST_ITEMS:,}."
        raise StateFailure(LIMIT, f"{told} Use an ItemBatcher.")
    most = _number(visit, state.max_concurrency, state.max_concurrency_path, "MaxConcurrency")
    tolerated = _tolerated(visit, state, len(items))
    return Fork(position=visit.position, items=items, most_at_once=most or MOST_AT_ONCE, tolerated=tolerated)


def child(visit: Visit, number: int, item: Any) -> Position:
    """Where the branch with this number begins: ``item`` is one of the fork's."""
    state = visit.state
    if isinstance(state, Parallel):
        return _begin(visit, item, visit.filled(state.parameters, visit.input))
    assert isinstance(state, Map)  # nothing else forks
    if is_batched(state):
        more = {} if state.batch_input is ABSENT else {"BatchInput": visit.filled(state.batch_input, visit.input)}
        batch = {**more, "Items": item}
        return _begin(visit.with_item(number, batch), state.processor, batch)
    return _begin(visit.with_item(number, item), state.processor, _selected(visit, state, number, item))


def _selected(visit: Visit, state: Map, number: int, item: Any) -> Any:
    """What ``ItemSelector`` makes of one item; of those of a batch, before they are put together."""
    selector = state.parameters if state.item_selector is ABSENT else state.item_selector
    return item if selector is ABSENT else visit.with_item(number, item).filled(selector, visit.input)


def is_batched(state: Map) -> bool:
    return bool(state.batch_size or state.batch_size_path or state.batch_bytes or state.batch_bytes_path)


def batches_of(items: list[Any], size: int, most_bytes: int) -> list[list[Any]]:
    """Items in their order, ``size`` at most in a batch, and so many bytes (0: any number); at least one in each."""
    batches: list[list[Any]] = []
    held_bytes = 0
    for item in items:
        item_bytes = len(json.dumps(item)) if most_bytes else 0
        is_too_much = bool(most_bytes) and held_bytes + item_bytes > most_bytes
        if not batches or len(batches[-1]) >= size or is_too_much:
            batches.append([])
            held_bytes = 0
        batches[-1].append(item)
        held_bytes += item_bytes
    return batches


def _begin(visit: Visit, machine: str, data: Any) -> Position:
    return Position(
        machine=machine,
        state=visit.world.definition.machines[machine].start_at,
        data=data,
        entered_at=visit.now,
        variables=visit.position.variables,
        item=visit.position.item,
    )


def _tolerated(visit: Visit, state: Map, count: int) -> int:
    """How many may fail: by the lower of the two limits, if both are told."""
    most = _number(visit, state.tolerated_count, state.tolerated_count_path, "ToleratedFailureCount")
    percentage = _number(
        visit, state.tolerated_percentage, state.tolerated_percentage_path, "ToleratedFailurePercentage"
    )
    limits = [limit for limit in (most, floor(count * percentage / 100)) if limit]
    return min(limits, default=0)


def _number(visit: Visit, written: float, path: str, word: str) -> Any:
    value = visit.found(path) if path else written
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise visit.misfit(f"{shown(value)} is no {word}: it is a number from 0 on.")
    return value
