"""How an index presents itself, as one JSON document: ``presentation.schema.json`` says what may stand in it.

Among the rows of facets and of columns may stand ``"proposed"``: at this place comes what the index proposes to each
reader, but for the paths that have a row of their own. A part that is left out is this word alone. So one may add a
row without fixing the others: they still follow what the index holds, and what its reader sees.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, TypeVar

from jsonschema import Draft202012Validator

from apps.search.errors import InvalidDocument
from apps.search.paths import split
from apps.search.types import PROPOSED, Boost, Chart, ChartType, Kind, Presentation, Shown, ShownFacet, ShownSort

T = TypeVar("T")
Row = TypeVar("Row", bound=Shown | Chart | ShownSort)
MOST_FAULTS = 50
MOST_CHARACTERS = 300
Document = Mapping[str, Any]  # Any: JSON

SCHEMA: dict[str, Any] = json.loads(Path(__file__).with_suffix(".schema.json").read_text(encoding="utf-8"))
_TEXTS = ("title", "thumbnail", "intro", "placeholder", "accent")
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_validator = Draft202012Validator(SCHEMA)
_IN_ENGLISH = {
    "additionalProperties": "there is no such key here: {message}",
    "required": "{message}",
    "enum": "must be one of {wanted}",
    "const": f'must be an object with a path, or the word "{PROPOSED}"',
    "pattern": "must be a colour such as #0a7a5a",
}


def check(document: object) -> dict[str, Any]:
    """The document, if ``read`` may read it.

    Raises:
        InvalidDocument: ``details["faults"]`` lists what is wrong: the place, and what is wrong there.
    """
    found = sorted(_validator.iter_errors(document), key=lambda error: list(map(str, error.absolute_path)))
    faults = [[".".join(map(str, error.absolute_path)), _message(error)] for error in found] or _unstorable(
        document, ()
    )
    if faults or not isinstance(document, dict):
        place, message = faults[0]
        raise InvalidDocument(message, place=place, details={"faults": faults[:MOST_FAULTS]})
    return document


def read(document: Document) -> Presentation:
    """A document without faults; what it leaves out, or leaves to proposals, is empty."""
    told = {
        name: document[name] for name in ("title", "thumbnail", "intro", "placeholder", "accent") if name in document
    }
    return Presentation(
        **told,
        summary=_all(document, "summary", lambda row: Shown(**_shown(row))),
        facets=_all(document, "facets", lambda row: ShownFacet(**_shown(row))),
        columns=_all(document, "columns", lambda row: Shown(**_shown(row))),
        charts=_all(document, "charts", lambda row: Chart(**_labelled(row) | {"type": ChartType(row["type"])})),
        sorts=_all(document, "sorts", lambda row: ShownSort(**_labelled(row))),
        boosts=_all(document, "boosts", lambda row: Boost(row["path"], row.get("factor", 2.0))),
    )


def is_left_open(document: Document, part: str) -> bool:
    """Whether proposals are a part's rows, or stand among them."""
    rows = document.get(part, (PROPOSED,))
    return isinstance(rows, list | tuple) and PROPOSED in rows


def filled(rows: tuple[Row, ...], document: Document, part: str, proposed: tuple[Row, ...]) -> tuple[Row, ...]:
    """The rows that were read of a part, with the proposals at the place that the document leaves to them."""
    if not is_left_open(document, part):
        return rows
    at = list(document.get(part, (PROPOSED,))).index(PROPOSED)
    named = {row.path for row in rows}
    return (*rows[:at], *(row for row in proposed if row.path not in named), *rows[at:])


def write(presentation: Presentation) -> dict[str, Any]:
    """The document that ``read`` reads as this; what is empty or as a matter of course is left out."""
    written: dict[str, Any] = {}
    for field in fields(presentation):
        value = getattr(presentation, field.name)
        if isinstance(value, str) and value:
            written[field.name] = value
        elif not isinstance(value, str):
            written[field.name] = [write_row(one) for one in value]
    return written


def label_of(path: str) -> str:
    """What a path is called where nobody said: its last key, as words."""
    return split(path)[-1].replace("_", " ").replace("-", " ").capitalize()


def write_row(one: Shown | Chart | ShownSort | Boost) -> dict[str, Any]:
    """One row of a part of the document."""
    usual = {field.name: field.default for field in fields(one)}
    return {name: value for name, value in asdict(one).items() if value != usual[name]}


def _all(document: Document, part: str, make: Callable[[Document], T]) -> tuple[T, ...]:
    rows: Iterable[Document | str] = document.get(part, ())
    return tuple(make(row) for row in rows if not isinstance(row, str))


def _labelled(row: Document) -> dict[str, Any]:
    return {**row, "label": row.get("label") or label_of(row["path"])}


def _shown(row: Document) -> dict[str, Any]:
    return {**_labelled(row), "kind": Kind(row.get("kind", "string"))}


def _message(error: Any) -> str:  # Any: jsonschema is not typed
    form = _IN_ENGLISH.get(error.validator, "{message}")
    message = error.message.encode("utf-8", "replace").decode()
    shown = message if len(message) <= MOST_CHARACTERS else f"… {message[-MOST_CHARACTERS:]}"  # What it wants is last.
    return form.format(message=shown, wanted=", ".join(map(str, error.schema.get("enum", ()))))


def _unstorable(value: object, place: tuple[str, ...]) -> list[list[str]]:
    """Texts that JSON can write and no database takes, by place."""
    match value:
        case dict():
            return [fault for key, inner in value.items() for fault in _unstorable(inner, (*place, key))]
        case list():
            return [fault for at, inner in enumerate(value) for fault in _unstorable(inner, (*place, str(at)))]
        case str() if _UNSTORABLE.search(value):
            return [[".".join(place), "must not hold the character NUL, or half of a surrogate pair"]]
    return []
