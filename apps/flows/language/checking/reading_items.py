"""How files are to be read that hold the items of a Map: which fields of ``ReaderConfig`` go together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any  # Any: JSON

from apps.flows.language.checking.codes import Code
from apps.flows.language.checking.spot import Spot
from apps.flows.language.checking.suggestions import listed
from apps.flows.language.finding import Finding
from apps.flows.language.stores import FLATTENING, INPUT_TYPES, Store

_CSV = ("CSVDelimiter", "CSVHeaderLocation", "CSVHeaders")
_OF = {**dict.fromkeys(_CSV, "CSV"), "ItemsPointer": "JSON", "ManifestType": "MANIFEST"}
_OF_ALL = ("MaxItems", "MaxItemsPath")


def config_trouble(config: Any, store: Store | None, spot: Spot) -> Iterator[Finding]:
    """``store`` None is an action that reads no files."""
    if not isinstance(config, dict):
        return
    if store is None:
        yield from _ignored(config, [name for name in config if name not in _OF_ALL], "files", spot)
        return
    loads = store is Store.GET or config.get("Transformation") == FLATTENING
    if loads and "InputType" not in config:
        message = f"`InputType` is missing. Add it: {listed(INPUT_TYPES)}."
        yield spot.error(Code.MISSING_FIELD, message)
    if store is Store.GET:
        yield from _ignored(config, ["Transformation"], "lists of files", spot)
    elif not loads:
        yield from _ignored(config, ["InputType", *_OF], f'`"Transformation": "{FLATTENING}"`', spot)
    kind = config.get("InputType")
    if loads and kind in INPUT_TYPES:
        for name, wanted in _OF.items():
            yield from _ignored(config, [name] if wanted != kind else [], f"the type `{wanted}`", spot)
    if loads and kind == "CSV":
        yield from _columns(config, spot)


def _columns(config: dict[str, Any], spot: Spot) -> Iterator[Finding]:
    location = config.get("CSVHeaderLocation")
    if location is None:
        message = "`CSVHeaderLocation` is missing. Add it: `FIRST_ROW`, or `GIVEN` with `CSVHeaders`."
        yield spot.error(Code.MISSING_FIELD, message)
    elif location == "GIVEN" and not config.get("CSVHeaders"):
        yield spot.error(Code.MISSING_FIELD, "`CSVHeaders` is missing. Add the names of the columns.")
    elif location == "FIRST_ROW" and "CSVHeaders" in config:
        message = "The names of the columns are in the first row. Remove `CSVHeaders`, or say `GIVEN`."
        yield spot.error(Code.EXCLUSIVE_FIELDS, message)


def _ignored(config: dict[str, Any], names: list[str], of_what: str, spot: Spot) -> Iterator[Finding]:
    for name in names:
        if name in config:
            yield spot.within(name).warning(Code.IGNORED_FIELD, f"`{name}` is for {of_what} alone. Remove it.")
