"""The parts of a presentation as fields of a form, and the document that such a form says.

A field is named by its place in the document (``facets.1.label``), so that what the schema finds wrong there is told
beside it. Nothing is checked here: the document is, whoever wrote it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any

from apps.search.types import PROPOSED

MOST_ROWS = 60
Row = dict[str, Any] | str  # Any: JSON


@dataclass(frozen=True, slots=True)
class Field:
    """``kind`` is text, path, flag, choice or number; ``usual`` is what a row need not say."""

    name: str
    label: str
    kind: str = "text"
    choices: tuple[tuple[str, str], ...] = ()
    usual: object = ""

    def read(self, text: str) -> object:
        """The value as the document has it."""
        if self.kind == "flag":
            return bool(text)
        if self.kind == "number":
            return _number(text)
        return {"true": True, "false": False}.get(text, text) if self.choices else text.strip()

    def written(self, value: object) -> str:
        if isinstance(value, bool):
            return ("true" if value else "false") if self.choices else ("on" if value else "")
        return "" if value is None else str(value)


@dataclass(frozen=True, slots=True)
class Part:
    """``takes_proposed``: among its rows may stand what the index proposes."""

    name: str
    title: str
    fields: tuple[Field, ...]
    takes_proposed: bool = False

    @property
    def keys(self) -> frozenset[str]:
        return frozenset({"path", *(field.name for field in self.fields)})


_LABEL, _UNIT = Field("label", "Label"), Field("unit", "Unit")
_KINDS = (("string", "text"), ("number", "number"), ("date", "date"), ("boolean", "yes or no"))
_KIND = Field("kind", "Kind", "choice", _KINDS, usual="string")
_SHOWN = (_LABEL, _UNIT, _KIND)
_SCALES = (("", "as they are spread"), ("false", "linear"), ("true", "logarithmic"))
_CHARTS = (("bars", "bars"), ("histogram", "histogram"), ("years", "years"), ("grid", "grid of two"))

TEXTS = (
    Field("title", "Path of the title", "path"),
    Field("thumbnail", "Path of a picture's address", "path"),
    Field("placeholder", "What the empty search box says"),
    Field("accent", "Accent, such as #0a7a5a"),
    Field("intro", "Text above the results", "long"),
)
PARTS = (
    Part(
        "facets",
        "Facets",
        (
            *_SHOWN,
            Field("is_logarithmic", "Scale of numbers", "choice", _SCALES),
            Field("separator", "Separator of levels"),
            Field("is_open", "unfolded", "flag", usual=True),
            Field("by_value", "values in their own order", "flag", usual=False),
        ),
        takes_proposed=True,
    ),
    Part("summary", "Summary of a result", _SHOWN),
    Part("columns", "Columns of the table", _SHOWN, takes_proposed=True),
    Part(
        "charts",
        "Charts over the results",
        (Field("type", "Type", "choice", _CHARTS, usual=None), _LABEL, Field("across", "Across, of a grid", "path")),
    ),
    Part("sorts", "Orders", (_LABEL, Field("is_descending", "descending", "flag", usual=True))),
    Part("boosts", "Paths that count for more", (Field("factor", "Factor", "number", usual=2.0),)),
)
BY_NAME = {part.name: part for part in PARTS}


def document(form: Mapping[str, str]) -> dict[str, Any]:
    """What a form says. A part that is not declared is left out."""
    said = {field.name: field.read(form.get(field.name, "")) for field in TEXTS}
    found: dict[str, Any] = {name: text for name, text in said.items() if text}
    for part in PARTS:
        rows = form.get(f"{part.name}.rows", "")
        if rows.isdecimal() and len(rows) < 4:
            found[part.name] = [_row(part, f"{part.name}.{at}", form) for at in range(min(int(rows), MOST_ROWS))]
    return found


def _row(part: Part, place: str, form: Mapping[str, str]) -> Row:
    if f"{place}.path" not in form:
        return PROPOSED
    values = {field.name: field.read(form.get(f"{place}.{field.name}", "")) for field in part.fields}
    told = {field.name: values[field.name] for field in part.fields if values[field.name] not in (field.usual, "")}
    return {"path": form[f"{place}.path"], **told}


def _number(text: str) -> object:
    """As a number if it is one; else as it is, to be told beside its field."""
    try:
        number = float(text)
    except ValueError:
        return text
    return number if isfinite(number) else text
