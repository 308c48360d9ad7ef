"""Submissions: the documents of X2 and X3."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from apps.common.errors import Invalid
from apps.common.parsing import uuid_in
from apps.transfer.forms.fields import (
    Document,
    flag_of,
    label_of,
    list_of,
    moment_of,
    object_of,
    path_of,
    text_of,
)
from apps.transfer.types import FilterRule, Options, Submission, SyncLevel, Wish, algorithm_named

SYNC_LEVELS = {"exists": 0, "size": 1, "mtime": 2, "checksum": 3}
_OF_OLD = {
    "source_endpoint_id": "source_endpoint",
    "destination_endpoint_id": "destination_endpoint",
    "transfer_items": "DATA",
}
GLOB = frozenset("*?[")


def transfer_of(told: Document) -> Submission:
    """Read a transfer document (X2).

    Raises:
        Invalid, IllegalPath: it is none; the place says where.
    """
    options = Options(
        verify_checksum=flag_of(told, "verify_checksum", otherwise=True),
        preserve_timestamp=flag_of(told, "preserve_timestamp"),
        encrypt_data=flag_of(told, "encrypt_data"),
        delete_destination_extra=flag_of(told, "delete_destination_extra"),
        skip_source_errors=flag_of(told, "skip_source_errors"),
        fail_on_quota_errors=flag_of(told, "fail_on_quota_errors"),
        sync_level=_sync_level(told.get("sync_level")),
        recursive_symlinks=_links(told.get("recursive_symlinks")),
        filter_rules=tuple(_rule(rule, number) for number, rule in enumerate(list_of(told, "filter_rules"))),
        notify_on_succeeded=flag_of(told, "notify_on_succeeded", otherwise=True),
        notify_on_failed=flag_of(told, "notify_on_failed", otherwise=True),
        notify_on_inactive=flag_of(told, "notify_on_inactive", otherwise=True),
    )
    return _submission(told, options, _transfer_item)


def as_document(told: Document) -> Document:
    """The same as a transfer document, if it was written for the action of old, which names some fields otherwise."""
    made = {name: value for name, value in told.items() if name not in _OF_OLD}
    return made | {new: told[old] for old, new in _OF_OLD.items() if told.get(old) and not made.get(new)}


def delete_of(told: Document) -> Submission:
    """Read a delete document (X3).

    Raises:
        Invalid, IllegalPath: it is none; the place says where.
    """
    interprets = flag_of(told, "interpret_globs")
    options = Options(
        is_recursive=flag_of(told, "recursive"),
        ignore_missing=flag_of(told, "ignore_missing"),
        notify_on_succeeded=flag_of(told, "notify_on_succeeded", otherwise=True),
        notify_on_failed=flag_of(told, "notify_on_failed", otherwise=True),
        notify_on_inactive=flag_of(told, "notify_on_inactive", otherwise=True),
    )
    return _submission(told, options, lambda item, place: _delete_item(item, place, interprets=interprets))


def _submission(told: Document, options: Options, item: Callable[[Document, str], Wish]) -> Submission:
    return Submission(
        items=[item(object_of(one, f"DATA.{n}"), f"DATA.{n}") for n, one in enumerate(list_of(told, "DATA"))],
        options=options,
        label=label_of(told) or "",
        deadline=moment_of(told.get("deadline"), "deadline"),
        submission_id=uuid_in(told["submission_id"], "submission_id") if told.get("submission_id") else None,
    )


def _transfer_item(told: Document, place: str) -> Wish:
    source, destination = text_of(told, "source_path", place), text_of(told, "destination_path", place)
    is_recursive = told.get("recursive")
    if is_recursive is not None and not isinstance(is_recursive, bool):
        raise Invalid("Write true or false.", place=f"{place}.recursive")
    algorithm = _algorithm(told, place)
    return Wish(
        path_of(destination, f"{place}.destination_path"),
        path_of(source, f"{place}.source_path"),
        is_recursive=is_recursive,
        is_into=destination.endswith("/"),
        is_link=told.get("DATA_TYPE") == "transfer_symlink_item",
        checksum=(text_of(told, "external_checksum", place) or "").lower() if told.get("external_checksum") else "",
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
    path = path_of(text_of(told, "path", place), f"{place}.path")
    if not interprets or not GLOB.intersection(str(path)):
        return Wish(path)
    if GLOB.intersection(str(path.parent)):
        raise Invalid("A pattern may stand in the last name of a path alone.", place=f"{place}.path")
    return Wish(path.parent, pattern=path.name)


def _rule(told: Any, number: int) -> FilterRule:
    place = f"filter_rules.{number}"
    rule = object_of(told, place)
    method, kind = rule.get("method", "exclude"), rule.get("type") or ""
    if method not in ("include", "exclude"):
        raise Invalid("Choose include or exclude.", place=f"{place}.method")
    if kind not in ("", "file", "dir"):
        raise Invalid("Choose file or dir, or leave it out.", place=f"{place}.type")
    return FilterRule(method == "include", text_of(rule, "name", place), kind)


def _sync_level(told: Any) -> int | None:
    level = SYNC_LEVELS.get(told, told) if isinstance(told, str) else told
    if level is None:
        return None
    if not isinstance(level, int) or isinstance(level, bool) or level not in set(SyncLevel):
        raise Invalid("Choose 0 (exists), 1 (size), 2 (mtime) or 3 (checksum).", place="sync_level")
    return int(level)


def _links(told: Any) -> Any:  # Any: one of the literals
    if told not in (None, "ignore", "keep"):
        raise Invalid("Choose ignore or keep: links are never followed.", place="recursive_symlinks")
    return told or "ignore"
