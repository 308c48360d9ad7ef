"""The fields of a Map that are about its items as a whole: where they are read, how they are put together, and where
the results go."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any  # Any: JSON

from apps.flows.language.checking.codes import Code
from apps.flows.language.checking.fields import JSONATA, JSONPATH, Field, Shape, numbers
from apps.flows.language.checking.kinds import one_of, resource, text, wrong
from apps.flows.language.checking.reading_items import config_trouble
from apps.flows.language.checking.spot import Spot
from apps.flows.language.checking.suggestions import did_you_mean, listed
from apps.flows.language.checking.values import object_template, template
from apps.flows.language.failures import shown
from apps.flows.language.finding import Finding
from apps.flows.language.stores import (
    COMPACT,
    DELIMITERS,
    FLATTEN,
    FLATTENING,
    HEADERS,
    INPUT_TYPES,
    JSON,
    JSONL,
    NAMES,
    NONE,
    PARAMETERS,
    REQUIRED,
    Store,
    store_of,
)
from apps.flows.language.templates import bare

_MOST_ITEMS = 10_000
_MOST_READ = 100_000_000
_MOST_BATCH_BYTES = 262_144
_LONGEST_LABEL = 40
_NOT_OURS = "arn:aws:states:::"

_SIZES = (
    ("MaxItemsPerBatch", "MaxItemsPerBatchPath"),
    ("MaxInputBytesPerBatch", "MaxInputBytesPerBatchPath"),
)
BATCHER = Shape(
    {
        **numbers("MaxItemsPerBatch", 1, _MOST_ITEMS),
        **numbers("MaxInputBytesPerBatch", 1, _MOST_BATCH_BYTES),
        "BatchInput": Field(template),
    },
    at_most_one=_SIZES,
    any_of=(tuple(name for names in _SIZES for name in names),),
)


def _headers(value: Any, spot: Spot) -> Iterator[Finding]:
    if not isinstance(value, list):
        yield wrong(spot, "a list of names", value)
        return
    for place, each in enumerate(value):
        yield from text(each, spot.within(place))
        if each in value[:place]:
            yield spot.within(place).error(Code.BAD_NAME, f"There are two columns {shown(each)}. Rename one of them.")


CONFIG = Shape(
    {
        "InputType": Field(one_of(*INPUT_TYPES)),
        "Transformation": Field(one_of(NONE, FLATTENING)),
        "ManifestType": Field(one_of("S3_INVENTORY")),
        "ItemsPointer": Field(text),
        "CSVDelimiter": Field(one_of(*DELIMITERS)),
        "CSVHeaderLocation": Field(one_of(*HEADERS)),
        "CSVHeaders": Field(_headers),
        **numbers("MaxItems", 1, _MOST_READ),
    },
    at_most_one=(("MaxItems", "MaxItemsPath"),),
)
_GIVEN = {
    "Resource": Field(resource),
    "Parameters": Field(object_template, JSONPATH),
    "Arguments": Field(template, JSONATA),
}
READER = Shape({**_GIVEN, "ReaderConfig": Field(CONFIG.check)}, required=("Resource",))
WRITER_CONFIG = Shape(
    {"Transformation": Field(one_of(NONE, COMPACT, FLATTEN)), "OutputType": Field(one_of(JSON, JSONL))},
)
WRITER = Shape({**_GIVEN, "WriterConfig": Field(WRITER_CONFIG.check)}, any_of=(("Resource", "WriterConfig"),))


def label(value: Any, spot: Spot) -> Iterator[Finding]:
    yield from text(value, spot)
    if isinstance(value, str) and not 0 < len(value) <= _LONGEST_LABEL:
        yield spot.error(Code.BAD_NAME, f"A `Label` has 1 to {_LONGEST_LABEL} characters. Shorten it.")


def reader(value: Any, spot: Spot) -> Iterator[Finding]:
    yield from READER.check(value, spot)
    named = value.get("Resource") if isinstance(value, dict) else None
    if not isinstance(named, str):
        return
    store = store_of(named)
    if store is Store.PUT or (store is None and named.startswith(_NOT_OURS)):
        yield _unknown(named, spot, (Store.GET, Store.LIST), " or the address of another action")
        return
    if store is not None:
        yield from _parameters(value, store, spot)
    yield from config_trouble(value.get("ReaderConfig", {}), store, spot.within("ReaderConfig"))


def writer(value: Any, spot: Spot) -> Iterator[Finding]:
    yield from WRITER.check(value, spot)
    if not isinstance(value, dict):
        return
    named = value.get("Resource")
    if isinstance(named, str):
        if store_of(named) is not Store.PUT:
            yield _unknown(named, spot, (Store.PUT,))
        else:
            yield from _parameters(value, Store.PUT, spot)
    elif "Resource" not in value:
        yield from _unwritten(value, spot)


def _unknown(named: str, spot: Spot, stores: Collection[Store], or_else: str = "") -> Finding:
    names = listed(NAMES[store][0] for store in stores)
    return spot.within("Resource").error(
        Code.NOT_SUPPORTED, f"{shown(named)} is not known here. Write {names}{or_else}."
    )


def _parameters(value: dict[str, Any], store: Store, spot: Spot) -> Iterator[Finding]:
    """A collection, and a path in it. What an expression gives is seen when it is run."""
    field = "Arguments" if "Arguments" in value else "Parameters"
    told = value.get(field, {})
    if not isinstance(told, dict):
        return
    names = {bare(name): name for name in told}
    for missing in (name for name in REQUIRED[store] if name not in names):
        message = f"`{missing}` is missing in `{field}`. Add it: {_MEANING[missing]}."
        yield (spot.within(field) if field in value else spot).error(Code.MISSING_FIELD, message)
    for name, written in names.items():
        if name not in PARAMETERS[store] and not name.startswith("__"):
            hint = did_you_mean(name, PARAMETERS[store]) or f" There are {listed(PARAMETERS[store], 'and')}."
            yield spot.within(field, written).error(Code.UNKNOWN_FIELD, f"{shown(name)} is not known here.{hint}")


_MEANING = {"Bucket": "the id or the name of a collection", "Key": "the path of a file in it"}


def _unwritten(value: dict[str, Any], spot: Spot) -> Iterator[Finding]:
    """Results that are not written are the result of the state: a list of what the items came to."""
    for name in ("Parameters", "Arguments"):
        if name in value:
            yield spot.error(Code.MISSING_FIELD, f"`Resource` is missing. Write {shown(NAMES[Store.PUT][0])}.")
    config = value.get("WriterConfig")
    for name, word in (("Transformation", NONE), ("OutputType", JSONL)):
        if isinstance(config, dict) and config.get(name) == word:
            message = f"{shown(word)} is for files. Add a `Resource`, or write another `{name}`."
            yield spot.within("WriterConfig", name).error(Code.WRONG_WORD, message)
