"""Many drafts at once, from the rows of a table."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from apps.accounts.models import User
from apps.common import places
from apps.common.errors import Invalid, PortalError
from apps.publish import fitting
from apps.publish.fitting import Schema
from apps.publish.models import Form, Submission
from apps.publish.services.access import require_form
from apps.publish.services.drafts import DraftChanges, begin_draft, faults_of
from apps.publish.services.forms import document_of
from apps.publish.types import Fault

MOST_ROWS = 500
MOST_BYTES = 8 << 20


@dataclass(frozen=True, slots=True)
class Row:
    """What became of a row: a draft with what is still wrong in it, or no draft, and why. ``line`` is its number."""

    line: int
    draft: Submission | None = None
    faults: tuple[Fault, ...] = ()
    problem: str = ""


def begin_many(*, form: Form, actor: User, text: str) -> list[Row]:
    """A draft for each row of a CSV, whose first line names the columns, or for each line of JSON.

    Columns are JSON pointers or names with dots; what is in a cell becomes what the form asks for there, and is kept as
    it was typed where it cannot. A row that cannot be read becomes no draft, and stops no other.

    Raises:
        Invalid: it is neither, or too much, or names a column that the form does not know.
    """
    require_form(actor, "submitter", form)
    if len(text.encode()) > MOST_BYTES:
        raise Invalid("That is too much at once: at most 8 MiB. Split it.", place="table")
    schema = document_of(form).schema
    rows = list(_rows(text.removeprefix("\ufeff"), schema))
    if not rows:
        raise Invalid("There is no row in it.", place="table")
    if len(rows) > MOST_ROWS:
        raise Invalid(f"There are {len(rows):,} rows. At most {MOST_ROWS} are taken at once: split it.", place="table")
    with transaction.atomic():
        return [_made(form, actor, schema, line, told) for line, told in rows]


def _made(form: Form, actor: User, schema: Schema, line: int, told: Mapping[str, Any] | str) -> Row:
    if isinstance(told, str):
        return Row(line, problem=told)
    content, typed = _content(schema, told)
    try:
        draft = begin_draft(form=form, actor=actor, told=DraftChanges(content=content, typed=typed))
    except PortalError as error:
        return Row(line, problem=error.message)
    return Row(line, draft, tuple(faults_of(draft)))


def _content(schema: Schema, cells: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """What the cells say, and, by place, what of them cannot be what the form asks for."""
    content: Any = {}
    typed: dict[str, str] = {}
    for pointer, cell in cells.items():
        if isinstance(cell, str) and not cell.strip():
            continue
        try:
            value = fitting.fitted(schema, fitting.schema_at(schema, pointer) or fitting.ANY, cell)
        except fitting.Misfit:
            typed[pointer] = cell if isinstance(cell, str) else json.dumps(cell, ensure_ascii=False)
        else:
            content = places.put(content, pointer, value)
    return content, typed


# --- tables --------------------------------------------------------------------------------------------------------


def _rows(text: str, schema: Schema) -> Iterator[tuple[int, Mapping[str, Any] | str]]:
    """Each row with the number of its line: cells by pointer, or why it cannot be read."""
    if text.lstrip().startswith("{"):
        return _of_json(text, schema)
    return _of_csv(text, schema)


def _of_json(text: str, schema: Schema) -> Iterator[tuple[int, Mapping[str, Any] | str]]:
    for line, told in enumerate(text.split("\n"), start=1):
        if not told.strip():
            continue
        try:
            row = json.loads(told)
        except (ValueError, RecursionError) as error:
            yield line, f"This line is no JSON: {error}."
            continue
        if not isinstance(row, dict):
            yield line, "This line is no object. Write each record in braces."
            continue
        strange = [key for key in row if not _knows(schema, _column(key, schema))]
        cells = {_column(key, schema): one for key, one in row.items()}
        yield line, f"The form does not know “{_said(strange[0])}”." if strange else cells


def _of_csv(text: str, schema: Schema) -> Iterator[tuple[int, Mapping[str, Any] | str]]:
    head = text.lstrip("\r\n").split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text.lstrip("\r\n"), newline=""), delimiter=max(",;\t", key=head.count))
    try:
        columns = [_column(name.strip(), schema) for name in next(reader, [])]
        _require_columns(columns, schema)
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) > len(columns):
                yield reader.line_num, f"It has {len(cells)} cells for {len(columns)} columns. Quote cells with commas."
            else:
                yield reader.line_num, dict(zip(columns, cells, strict=False))
    except csv.Error as error:
        raise Invalid(f"Line {reader.line_num} cannot be read: {error}.", place="table") from error


def _column(name: str, schema: Schema) -> str:
    """A member of the form of this very name, else a pointer, else a name with dots."""
    whole = places.pointer_to("", name)
    return whole if not name.startswith("/") and _knows(schema, whole) else places.pointer_of(name)


def _require_columns(columns: list[str], schema: Schema) -> None:
    for column in columns:
        if not _knows(schema, column):
            known = ", ".join(sorted(str(key) for key in schema.get("properties", {})))
            raise Invalid(f"The form knows no column {column[1:][:100] or '“”'}. It knows: {known}.", place="table")
    if len(set(columns)) < len(columns):
        raise Invalid("A column stands there twice.", place="table")


def _knows(schema: Schema, pointer: str) -> bool:
    return fitting.schema_at(schema, pointer) is not None


def _said(name: str) -> str:
    """JSON may hold halves of signs, which no page can show."""
    return name[:100].encode(errors="replace").decode()
