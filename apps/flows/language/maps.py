"""Maps, made of what is written: what they go over, where that is read, and where the results go."""

from __future__ import annotations

from dataclasses import replace

from apps.common.places import pointer_to
from apps.flows.language.definition import ABSENT, Map, Reader, Writer
from apps.flows.language.stores import COMPACT, JSON, NONE, store_of
from apps.flows.language.written import Written, parameters_of, working


def map_of(state: Written) -> Map:
    """``Iterator`` and ``Parameters`` are what ``ItemProcessor`` and ``ItemSelector`` were called once."""
    body = state.body
    batcher = replace(state, body=body.get("ItemBatcher", {}))
    old = working(state)
    return Map(
        **{**old, "parameters": ABSENT},
        processor=pointer_to(state.pointer, "ItemProcessor" if "ItemProcessor" in body else "Iterator"),
        items_path=state.text("ItemsPath", "$"),
        items=body.get("Items", ABSENT),
        item_selector=body.get("ItemSelector", old["parameters"]),
        max_concurrency=state.number("MaxConcurrency") or 0,
        max_concurrency_path=state.number_path("MaxConcurrency"),
        tolerated_count=state.number("ToleratedFailureCount") or 0,
        tolerated_count_path=state.number_path("ToleratedFailureCount"),
        tolerated_percentage=state.number("ToleratedFailurePercentage") or 0,
        tolerated_percentage_path=state.number_path("ToleratedFailurePercentage"),
        batch_size=batcher.number("MaxItemsPerBatch") or 0,
        batch_size_path=batcher.number_path("MaxItemsPerBatch"),
        batch_bytes=batcher.number("MaxInputBytesPerBatch") or 0,
        batch_bytes_path=batcher.number_path("MaxInputBytesPerBatch"),
        batch_input=batcher.body.get("BatchInput", ABSENT),
        reader=_reader(state),
        writer=_writer(state),
        label=state.text("Label"),
    )


def _reader(state: Written) -> Reader | None:
    if "ItemReader" not in state.body:
        return None
    reader = replace(state, body=state.body["ItemReader"])
    config = replace(state, body=reader.body.get("ReaderConfig", {}))
    return Reader(
        url=reader.text("Resource"),
        reads_files=store_of(reader.text("Resource")) is not None,
        parameters=parameters_of(reader.body),
        config={name: value for name, value in config.body.items() if name not in ("MaxItems", "MaxItemsPath")},
        most_items=config.number("MaxItems") or 0,
        most_items_path=config.number_path("MaxItems"),
    )


def _writer(state: Written) -> Writer | None:
    """Files have all that is known of each result, unless something else is asked for."""
    if "ResultWriter" not in state.body:
        return None
    writer = replace(state, body=state.body["ResultWriter"])
    config = replace(state, body=writer.body.get("WriterConfig", {}))
    url = writer.text("Resource")
    return Writer(
        url=url,
        parameters=parameters_of(writer.body),
        transformation=config.text("Transformation", NONE if url else COMPACT),
        output_type=config.text("OutputType", JSON),
    )
