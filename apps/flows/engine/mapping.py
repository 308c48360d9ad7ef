"""A Map from end to end: its items are read, a branch goes over each, and the results are written.

Reading and writing are actions as all others are. What was read is settled with the turn that forks: whatever dies
afterwards, nobody reads it again.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from apps.flows.engine import forks
from apps.flows.engine.outcomes import Act, ActionEnded, Outcome
from apps.flows.engine.visit import Visit, leave
from apps.flows.language import paths
from apps.flows.language.definition import ABSENT, Map, Reader, State, Writer
from apps.flows.language.failures import StateFailure, shown
from apps.flows.language.stores import FLATTEN

READING, WRITING = "reading", "writing"
READER_FAILED, WRITER_FAILED = "States.ItemReaderFailed", "States.ResultWriterFailed"


def begin(visit: Visit, state: Map) -> Outcome:
    if state.reader is not None:
        return _read(visit, state.reader)
    return forks.spread(visit, state, _list_in(visit, state, _items(visit, state)))


def after_action(visit: Visit, state: Map, event: ActionEnded) -> Outcome:
    """Items were read, or results written."""
    is_reading = visit.position.phase == READING
    if event.error or not event.has_succeeded:
        cause = event.cause or json.dumps(dict(event.document))
        raise StateFailure(READER_FAILED if is_reading else WRITER_FAILED, cause)
    details = event.document.get("details")
    if not is_reading:
        return leave(visit, state, details)
    assert state.reader is not None  # the version of a run's definition stays the same
    return forks.spread(visit, state, _read_items(visit, state, state.reader, details))


def joined(visit: Visit, state: Map, outputs: list[Any]) -> Outcome:
    writer = state.writer
    if writer is not None and writer.url:
        return _write(visit, state, writer)
    if writer is not None and writer.transformation == FLATTEN:
        outputs = [one for each in outputs for one in (each if isinstance(each, list) else [each])]
    return leave(visit, state, outputs)


def is_written(state: State) -> bool:
    """Whether its results go elsewhere, so that it need not hold them."""
    return isinstance(state, Map) and state.writer is not None and bool(state.writer.url)


def _read(visit: Visit, reader: Reader) -> Act:
    config = dict(reader.config)
    if most := _most(visit, reader):
        config["MaxItems"] = most
    more = {"ReaderConfig": config} if reader.reads_files and config else {}
    return _act(visit, READING, reader.url, _given(visit, reader.parameters), more)


def _write(visit: Visit, state: Map, writer: Writer) -> Act:
    config = {"Transformation": writer.transformation, "OutputType": writer.output_type}
    more = {"WriterConfig": config, "Label": state.label or state.name}
    return _act(visit, WRITING, writer.url, _given(visit, writer.parameters), more)


def _act(visit: Visit, phase: str, url: str, given: dict[str, Any], more: dict[str, Any]) -> Act:
    position = replace(visit.position, phase=phase)
    return Act(position=position, url=url, scope="", run_as="User", body={**given, **more}, timeout_at=None)


def _given(visit: Visit, template: Any) -> dict[str, Any]:
    given = {} if template is ABSENT else visit.filled(template, visit.input)
    if not isinstance(given, dict):
        raise visit.misfit(f"{shown(given)} cannot be what an action is given: that is an object.")
    return given


def _read_items(visit: Visit, state: Map, reader: Reader, details: Any) -> list[Any]:
    if reader.reads_files and isinstance(details, dict) and "items" in details:
        details = details["items"]
    items = _items(visit, state, details)
    if not isinstance(items, list):
        where = "Items" if visit.is_jsonata else "ItemsPath"
        raise StateFailure(
            READER_FAILED, f"What was read for {shown(state.name)} is no list. Say where it is: `{where}`."
        )
    return items[: _most(visit, reader) or len(items)]


def _items(visit: Visit, state: Map, read: Any = ABSENT) -> Any:
    """Those of what was read, or of the input."""
    source = visit.input if read is ABSENT else read
    if not visit.is_jsonata:
        return paths.find(state.items_path, visit.scene(source))
    return source if state.items is ABSENT else visit.evaluated(state.items, **_known(read))


def _known(read: Any) -> dict[str, Any]:
    """In JSONata, what was read is the result so far."""
    return {} if read is ABSENT else {"result": read}


def _list_in(visit: Visit, state: Map, items: Any) -> list[Any]:
    if not isinstance(items, list):
        raise visit.misfit(f"The items of {shown(state.name)} are no list.")
    return items


def _most(visit: Visit, reader: Reader) -> int:
    told = visit.found(reader.most_items_path) if reader.most_items_path else reader.most_items
    if isinstance(told, bool) or not isinstance(told, int) or told < 0:
        raise StateFailure(READER_FAILED, f"{shown(told)} is no number of items: `MaxItems` is a whole one from 0 on.")
    return told
