"""Single fields of the documents that callers send."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.utils.dateparse import parse_datetime

from apps.common.errors import Invalid
from apps.storage.types import FilePath

LONGEST_LABEL = 255
Document = dict[str, Any]


def flag_of(told: Document, name: str, *, otherwise: bool = False) -> bool:
    value = told.get(name)
    if value is None:
        return otherwise
    if not isinstance(value, bool):
        raise Invalid("Write true or false.", place=name)
    return value


def list_of(told: Document, name: str) -> list[Any]:
    value = told.get(name)
    if value is not None and not isinstance(value, list):
        raise Invalid("Write a list.", place=name)
    return value or []


def object_of(told: Any, place: str) -> Document:
    if not isinstance(told, dict):
        raise Invalid("Write an object.", place=place)
    return told


def text_of(told: Document, name: str, place: str) -> str:
    value = told.get(name)
    if not isinstance(value, str) or not value:
        raise Invalid("Write a text.", place=f"{place}.{name}")
    return value


def label_of(told: Document) -> str | None:
    """None if nothing is said of it."""
    label = told.get("label")
    if label is not None and (not isinstance(label, str) or len(label) > LONGEST_LABEL or "\0" in label):
        raise Invalid(f"A label is a text of at most {LONGEST_LABEL} characters.", place="label")
    return label


def path_of(told: Any, place: str) -> FilePath:
    """A path of a collection; `/~/` is where a collection begins.

    Raises:
        Invalid, IllegalPath: it is none.
    """
    if not isinstance(told, str):
        raise Invalid("Write a path as text that begins with /.", place=place)
    is_from_home = told == "/~" or told.startswith("/~/")
    return FilePath.parse((told.removeprefix("/~") or "/") if is_from_home else told)


def moment_of(told: Any, place: str) -> datetime | None:
    """A time; without a zone it is UTC.

    Raises:
        Invalid: it is none.
    """
    if told is None or told == "":
        return None
    try:
        read = parse_datetime(told) if isinstance(told, str) else None
        if read is None and isinstance(told, str):
            read = datetime.strptime(told, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        read = None
    if read is None:
        raise Invalid("Write the date and time as 2027-01-31T12:00:00+00:00.", place=place)
    return read if read.tzinfo else read.replace(tzinfo=UTC)
