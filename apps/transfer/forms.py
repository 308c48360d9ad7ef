"""Submissions and questions as callers of the Transfer API write them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.dateparse import parse_datetime

from apps.common.errors import Invalid
from apps.storage.types import FilePath
from apps.transfer.types import FilterRule, Options, SyncLevel, Wish, algorithm_named

SYNC_LEVELS = {"exists": 0, "size": 1, "mtime": 2, "checksum": 3}
LONGEST_LABEL = 255
GLOB = frozenset("*?[")
ORDERS = {"request_time": "requested_at", "completion_time": "completed_at", "label": "label", "status": "status"}
ORDERS |= {"type": "task_type", "faults": "faults", "deadline": "deadline", "task_id": "pk"}
FILTERED = {"task_id": "pk", "type": "task_type", "status": "status"}
MOMENTS = {"request_time": "requested_at", "completion_time": "completed_at", "deadline": "deadline"}
Document = dict[str, Any]


@dataclass(frozen=True)
class Submission:
    """What both kinds of tasks say of themselves."""

    items: list[Wish]
    options: Options
    label: str
    deadline: datetime | None
    submission_id: UUID | None


def transfer_of(told: Document) -> Submission:
    """Read a transfer document (X2).

    Raises:
        Invalid, IllegalPath: it is none; the place says where.
    """
    options = Options(
        verify_checksum=_flag(told, "verify_checksum", otherwise=True),
        preserve_timestamp=_flag(told, "preserve_timestamp"),
        encrypt_data=_flag(told, "encrypt_data"),
        delete_destination_extra=_flag(told, "delete_destination_extra"),
        skip_source_errors=_flag(told, "skip_source_errors"),
        fail_on_quota_errors=_flag(told, "fail_on_quota_errors"),
        sync_level=_sync_level(told.get("sync_level")),
        recursive_symlinks=_links(told.get("recursive_symlinks")),
        filter_rules=tuple(_rule(rule, number) for number, rule in enumerate(_list(told, "filter_rules"))),
        notify_on_succeeded=_flag(told, "notify_on_succeeded", otherwise=True),
        notify_on_failed=_flag(told, "notify_on_failed", otherwise=True),
        notify_on_inactive=_flag(told, "notify_on_inactive", otherwise=True),
    )
    return _submission(told, options, _transfer_item)


def delete_of(told: Document) -> Submission:
    """Read a delete document (X3).

    Raises:
        Invalid, IllegalPath: it is none; the place says where.
    """
    interprets = _flag(told, "interpret_globs")
    options = Options(
        is_recursive=_flag(told, "recursive"),
        ignore_missing=_flag(told, "ignore_missing"),
        interpret_globs=interprets,
        notify_on_succeeded=_flag(told, "notify_on_succeeded", otherwise=True),
        notify_on_failed=_flag(told, "notify_on_failed", otherwise=True),
        notify_on_inactive=_flag(told, "notify_on_inactive", otherwise=True),
    )
    return _submission(told, options, lambda item, place: _delete_item(item, place, interprets=interprets))


def _submission(told: Document, options: Options, item: Callable[[Document, str], Wish]) -> Submission:
    return Submission(
        items=[item(_object(one, f"DATA.{n}"), f"DATA.{n}") for n, one in enumerate(_list(told, "DATA"))],
        options=options,
        label=label_of(told) or "",
        deadline=moment_of(told.get("deadline"), "deadline"),
        submission_id=uuid_of(told["submission_id"], "submission_id") if told.get("submission_id") else None,
    )


def _transfer_item(told: Document, place: str) -> Wish:
    source, destination = _text(told, "source_path", place), _text(told, "destination_path", place)
    is_recursive = told.get("recursive")
    if is_recursive not in {None, True, False}:
        raise Invalid("Write true or false.", place=f"{place}.recursive")
    algorithm = _algorithm(told, place)
    return Wish(
        path_of(destination, f"{place}.destination_path"),
        path_of(source, f"{place}.source_path"),
        is_recursive=is_recursive,
        is_into=destination.endswith("/"),
        is_link=told.get("DATA_TYPE") == "transfer_symlink_item",
        checksum=(_text(told, "external_checksum", place) or "").lower() if told.get("external_checksum") else "",
        algorithm=algorithm,
    )


def _algorithm(told: Document, place: str) -> str:
    """Callers that give a checksum and no algorithm mean MD5, as Globus does."""
    named = told.get("checksum_algorithm") or ("md5" if told.get("external_checksum") else "")
    known = algorithm_named(named) if isinstance(named, str) and named else named
    if known is None or not isinstance(known, str):
        known_ones = "MD5, SHA1, SHA224, SHA256, SHA384, SHA512 and XXH3"
        raise Invalid(f"Choose one of {known_ones}.", place=f"{place}.checksum_algorithm")
    return known


def _delete_item(told: Document, place: str, *, interprets: bool) -> Wish:
    path = path_of(_text(told, "path", place), f"{place}.path")
    if not interprets or not GLOB.intersection(str(path)):
        return Wish(path)
    if GLOB.intersection(str(path.parent)):
        raise Invalid("A pattern may stand in the last name of a path alone.", place=f"{place}.path")
    return Wish(path.parent, pattern=path.name)


def _rule(told: Any, number: int) -> FilterRule:
    place = f"filter_rules.{number}"
    rule = _object(told, place)
    method, kind = rule.get("method", "exclude"), rule.get("type") or ""
    if method not in {"include", "exclude"}:
        raise Invalid("Choose include or exclude.", place=f"{place}.method")
    if kind not in {"", "file", "dir"}:
        raise Invalid("Choose file or dir, or leave it out.", place=f"{place}.type")
    return FilterRule(method == "include", _text(rule, "name", place), kind)


def _sync_level(told: Any) -> int | None:
    level = SYNC_LEVELS.get(told, told) if isinstance(told, str) else told
    if level is None:
        return None
    if isinstance(level, bool) or level not in set(SyncLevel):
        raise Invalid("Choose 0 (exists), 1 (size), 2 (mtime) or 3 (checksum).", place="sync_level")
    return int(level)


def _links(told: Any) -> Any:  # Any: one of the literals
    if told not in {None, "ignore", "keep"}:
        raise Invalid("Choose ignore or keep: links are never followed.", place="recursive_symlinks")
    return told or "ignore"


def _flag(told: Document, name: str, *, otherwise: bool = False) -> bool:
    value = told.get(name)
    if value is None:
        return otherwise
    if not isinstance(value, bool):
        raise Invalid("Write true or false.", place=name)
    return value


def _list(told: Document, name: str) -> list[Any]:
    value = told.get(name)
    if value is not None and not isinstance(value, list):
        raise Invalid("Write a list.", place=name)
    return value or []


def _object(told: Any, place: str) -> Document:
    if not isinstance(told, dict):
        raise Invalid("Write an object.", place=place)
    return told


def _text(told: Document, name: str, place: str) -> str:
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


def uuid_of(told: Any, place: str) -> UUID:
    """
    Raises:
        Invalid: it is none.
    """
    try:
        return UUID(told)
    except (ValueError, TypeError, AttributeError) as error:
        raise Invalid("Write an id, such as 0d1f0a6e-7c1e-4f0e-9d5f-6c1a6a3f7e55.", place=place) from error


def moment_of(told: Any, place: str) -> datetime | None:
    """A time; without a zone it is UTC.

    Raises:
        Invalid: it is none.
    """
    if told in {None, ""}:
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


def number_of(told: str | None, place: str, otherwise: int) -> int:
    """
    Raises:
        Invalid: it is no whole number.
    """
    if not told or told == "null":
        return otherwise
    if not told.isascii() or not told.isdigit() or len(told) > 18:
        raise Invalid("Write a whole number.", place=place)
    return int(told)


def tasks_wanted(text: str) -> Q:
    """The filter of a list of tasks: ``field:values`` parts with ``/`` between them, all of which must hold.

    Raises:
        Invalid: a part cannot be read.
    """
    wanted = Q()
    for part in text.split("/"):
        name, _, values = part.partition(":")
        if values:
            wanted &= _part(name, values)
        elif part:
            raise Invalid("Write filters as field:value.", place="filter")
    return wanted


def _part(name: str, values: str) -> Q:
    if name in MOMENTS:
        after, _, before = values.partition(",")
        bounds = {"gte": moment_of(after, "filter"), "lt": moment_of(before, "filter")}
        return Q(**{f"{MOMENTS[name]}__{word}": value for word, value in bounds.items() if value})
    if name == "label":
        return _labels(values.split(","))
    if name not in FILTERED:
        raise Invalid(f"Filter by one of {', '.join([*FILTERED, 'label', *MOMENTS])}.", place="filter")
    told: list[Any] = [value for value in values.split(",") if value]
    if name == "task_id":
        told = [uuid_of(value, "filter") for value in told]
    return Q(**{f"{FILTERED[name]}__in": told})


def _labels(values: list[str]) -> Q:
    """``~`` before a label means that it stands in it, ``=`` that it is it, ``!`` turns it around."""
    some, none = Q(), Q()
    for value in values:
        is_not, text = value.startswith("!"), value.removeprefix("!")
        one = Q(label__icontains=text[1:].strip("*")) if text.startswith("~") else Q(label=text.removeprefix("="))
        if is_not:
            none |= one
        else:
            some |= one
    return some & ~none if none else some


def tasks_order(text: str) -> list[str]:
    """
    Raises:
        Invalid: there is no such order.
    """
    return [_order(part.strip()) for part in text.split(",") if part.strip()] or ["-requested_at", "pk"]


def _order(part: str) -> str:
    name, _, way = part.partition(" ")
    if name not in ORDERS or way.strip().upper() not in {"", "ASC", "DESC"}:
        raise Invalid(f"Order by one of {', '.join(ORDERS)}, with ASC or DESC.", place="orderby")
    return f"{'-' if way.strip().upper() == 'DESC' else ''}{ORDERS[name]}"
