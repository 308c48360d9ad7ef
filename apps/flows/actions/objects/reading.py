"""Items, read from a file: rows of CSV, lines of JSON, a document of JSON, or the rows that a manifest names."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, TextIO

from apps.common.errors import Invalid
from apps.flows.actions.objects.bodies import path_of
from apps.flows.actions.objects.streams import text_in
from apps.flows.language.documents.json_text import from_json
from apps.flows.language.stores import DELIMITERS
from apps.storage.errors import NotAFile
from apps.storage.services import OpenCollection
from apps.storage.types import Entry, FilePath

MOST_ITEMS = 100_000
MOST_BYTES = 5_000_000
"""Of all items together, in JSON: a little less than a run may carry."""
Config = Mapping[str, Any]
Beat = Callable[[], object]


def read(files: OpenCollection, path: FilePath, config: Config, beat: Beat) -> Any:
    """What is in the file: a list of items, or whatever document of JSON it is.

    Raises:
        Invalid: it is not what the configuration says, or too much. AccessDenied, NoSuchFile, NotAFile, Changed.
    """
    entry = files.stat(path)
    if not entry.is_file:
        raise NotAFile(f"{path} is no file.")
    most = config.get("MaxItems")
    if config["InputType"] != "JSON":
        return gathered(rows_in(files, entry, config), most, beat)
    document = _document(files, entry, config)
    return gathered(document, most, beat) if isinstance(document, list) else gathered([document], None, beat)[0]


def rows_in(files: OpenCollection, entry: Entry, config: Config) -> Iterator[Any]:
    """The items of one file, one after the other. A document of JSON that is no list is one."""
    match config["InputType"]:
        case "CSV":
            yield from _told(entry, lambda text: _rows(text, config, _given(config)), files)
        case "JSONL":
            yield from _told(entry, _lines, files)
        case "MANIFEST":
            yield from _listed_in(files, entry)
        case _:
            document = _document(files, entry, config)
            yield from document if isinstance(document, list) else [document]


def gathered(items: Iterable[Any], most: int | None, beat: Beat) -> list[Any]:
    """All of them, or the first ``most``.

    Raises:
        Invalid: they are more than a Map can hold.
    """
    found: list[Any] = []
    size = 0
    for item in islice(items, most):
        beat()
        size += len(json.dumps(item)) + 1
        if size > MOST_BYTES or len(found) >= MOST_ITEMS:
            raise Invalid(f"These are more than {MOST_ITEMS:,} items, or {MOST_BYTES:,} bytes of them. Say MaxItems.")
        found.append(item)
    return found


def _told(entry: Entry, parse: Callable[[TextIO], Iterator[Any]], files: OpenCollection) -> Iterator[Any]:
    """
    Raises:
        Invalid: it cannot be read as what it is said to be.
    """
    try:
        with text_in(files, entry) as text:
            yield from parse(text)
    except UnicodeDecodeError as error:
        raise Invalid(f"{entry.path} is no text in UTF-8.") from error
    except (csv.Error, OSError, EOFError) as error:  # the last two of gzip
        raise Invalid(f"{entry.path} cannot be read: {error}.") from error


def _document(files: OpenCollection, entry: Entry, config: Config) -> Any:
    text = next(_told(entry, lambda text: iter([text.read()]), files))
    try:
        document = from_json(text)
    except Invalid as error:
        raise Invalid(f"{entry.path}, {error.place}: {error.message}") from error
    return _pointed(document, config.get("ItemsPointer", ""), entry)


def _pointed(document: Any, pointer: str, entry: Entry) -> Any:
    found = document
    for token in pointer.split("/")[1:]:
        name = token.replace("~1", "/").replace("~0", "~")
        is_there = isinstance(found, dict) and name in found
        if not is_there and not (isinstance(found, list) and name.isdecimal() and int(name) < len(found)):
            raise Invalid(f"{entry.path} has nothing at {pointer[:200]!r}.", place="ItemsPointer")
        found = found[name] if is_there else found[int(name)]
    return found


def _lines(text: TextIO) -> Iterator[Any]:
    for number, line in enumerate(text, start=1):
        if line.strip():
            try:
                yield from_json(line)
            except Invalid as error:
                raise Invalid(f"Line {number}: {error.message}") from error


def _given(config: Config) -> list[str] | None:
    return list(config.get("CSVHeaders", ())) if config.get("CSVHeaderLocation") == "GIVEN" else None


def _rows(text: TextIO, config: Config, columns: list[str] | None) -> Iterator[dict[str, str]]:
    """What a row has more than there are columns is left out, and what it has less is empty."""
    rows = csv.reader(text, delimiter=DELIMITERS[config.get("CSVDelimiter", "COMMA")])
    names = columns or next(rows, [])
    twice = next((name for place, name in enumerate(names) if name in names[:place]), None)
    if twice is not None:
        raise Invalid(f"Two columns are called “{twice[:200]}”. Rename one of them.")
    for row in rows:
        if row:
            yield dict(zip(names, row + [""] * (len(names) - len(row)), strict=False))


def _listed_in(files: OpenCollection, entry: Entry) -> Iterator[Any]:
    """What is in the files of the same collection that a manifest names: an inventory, or the results of a Map."""
    manifest = _document(files, entry, {})
    try:
        if "ResultFiles" in manifest:
            keys, columns = [str(one["Key"]) for one in manifest["ResultFiles"]["SUCCEEDED"]], []
        else:
            columns = [name.strip() for name in manifest["fileSchema"].split(",")]
            keys = [str(one["key"]) for one in manifest["files"]]
    except (AttributeError, KeyError, TypeError) as error:
        raise Invalid(f"{entry.path} is no manifest: it has fileSchema, and files by their key.") from error
    if columns and manifest.get("fileFormat", "CSV") != "CSV":
        raise Invalid(f"{entry.path} lists files of another format than CSV, which cannot be read.")
    for key in keys:
        listed = files.stat(path_of(key))
        if columns:
            yield from _told(listed, lambda text: _rows(text, {}, columns), files)
        else:
            yield from rows_in(files, listed, {"InputType": "JSONL" if key.endswith(".jsonl") else "JSON"})
