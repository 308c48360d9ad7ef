"""Tasks as Globus Transfer writes them."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from apps.accounts import services as accounts
from apps.transfer.forms.documents import moment
from apps.transfer.models import Event, File, Item, Task
from apps.transfer.types import FilterRule, Options

Document = dict[str, Any]
ALWAYS_NULL = ("canceled_by_admin", "canceled_by_admin_message", "nice_status_expires_in")
AS_SUBMITTED = [
    *("sync_level", "verify_checksum", "preserve_timestamp", "encrypt_data", "delete_destination_extra"),
    *("skip_source_errors", "fail_on_quota_errors", "recursive_symlinks"),
]
NOTICES = ("notify_on_succeeded", "notify_on_failed", "notify_on_inactive")
SAYS = {"": "OK", "QUEUED": "Queued"}


def task(one: Task) -> Document:
    """All keys, whatever the kind of task: clients read them without a look."""
    return {
        "DATA_TYPE": "task",
        "task_id": str(one.pk),
        "type": one.task_type,
        "status": one.status,
        "label": one.label or None,
        "command": "API 0.10",
        "history_deleted": False,
        "is_paused": one.status == Task.Status.INACTIVE,
        **dict.fromkeys(ALWAYS_NULL),
        **_times(one),
        **_owner(one),
        **_ends(one),
        **_options(one.options),
        **_state(one),
        **_counts(one),
    }


def _times(one: Task) -> Document:
    return {
        "request_time": moment(one.requested_at),
        "completion_time": moment(one.completed_at),
        "deadline": moment(one.deadline),
    }


def _owner(one: Task) -> Document:
    owner = accounts.known_by(one.owner)
    return {"owner_id": str(owner.pk), "owner_string": owner.username, "username": owner.username}


def _ends(one: Task) -> Document:
    """A delete's only collection is its source, in these documents."""
    source, source_name = one.source_id, one.source_name
    destination, name = one.destination_id, one.destination_name
    if not one.is_transfer:
        source, source_name, destination, name = destination, name, None, ""
    return {**_end("source", source, source_name), **_end("destination", destination, name)}


def _end(which: str, pk: Any, name: str) -> Document:
    told = {"": name or None, "_display_name": name or None, "_id": str(pk) if pk else None}
    return {f"{which}_endpoint{suffix}": value for suffix, value in told.items()}


def _options(options: Options) -> Document:
    rules = [_rule(rule) for rule in options.filter_rules]
    return {name: getattr(options, name) for name in AS_SUBMITTED} | {"filter_rules": rules or None}


def _rule(rule: FilterRule) -> Document:
    method = "include" if rule.includes else "exclude"
    return {"DATA_TYPE": "filter_rule", "method": method, "name": rule.pattern, "type": rule.kind or None}


def _state(one: Task) -> Document:
    if one.is_over:
        fatal = {"code": one.fatal_code, "description": one.fatal_message} if one.fatal_code else None
        quiet = ("is_ok", "nice_status", "nice_status_details", "nice_status_short_description")
        return {**dict.fromkeys(quiet), "fatal_error": fatal}
    code = one.trouble or ("QUEUED" if one.served_at is None else "")
    if one.status == Task.Status.INACTIVE:
        code = "PAUSED"
    return {
        "is_ok": not one.trouble and one.status == Task.Status.ACTIVE,
        "nice_status": SAYS.get(code, code),
        "nice_status_details": one.trouble_details or None,
        "nice_status_short_description": SAYS.get(code, code.replace("_", " ").lower()),
        "fatal_error": None,
    }


def _counts(one: Task) -> Document:
    ended = one.completed_at or timezone.now()
    seconds = max((ended - one.requested_at).total_seconds(), 1.0)
    rest = max(one.subtasks - one.subtasks_done - one.subtasks_skipped - one.subtasks_failed, 0)
    retrying = 0 if one.is_over or not one.faults else _retrying(one)
    return {
        "files": one.files,
        "directories": one.folders,
        "symlinks": one.links,
        "files_transferred": one.files_done,
        "files_skipped": one.files_same,
        "bytes_transferred": one.bytes_sent,
        "bytes_checksummed": one.bytes_checked,
        "effective_bytes_per_second": int(one.bytes_sent / seconds),
        "faults": one.faults,
        "subtasks_total": one.subtasks,
        "subtasks_succeeded": one.subtasks_done,
        "subtasks_skipped_errors": one.subtasks_skipped,
        "subtasks_failed": one.subtasks_failed,
        "subtasks_retrying": retrying,
        "subtasks_pending": 0 if one.is_over else rest - retrying,
        "subtasks_canceled": rest if one.fatal_code == "CANCELED" else 0,
        "subtasks_expired": rest if one.is_over and one.fatal_code != "CANCELED" else 0,
    }


def _retrying(one: Task) -> int:
    return one.ledger.filter(state=File.State.WAITING, attempts__gt=0).count()


def submission(one: Task) -> Document:
    """The document with which a transfer may be submitted again: what was told of it, but its deadline and its id."""
    told = one.options
    return {
        "DATA_TYPE": "transfer",
        "source_endpoint": str(one.source_id),
        "destination_endpoint": str(one.destination_id),
        "label": one.label or None,
        **_options(told),
        **{name: getattr(told, name) for name in NOTICES},
        "DATA": [_item(item) for item in one.items.all()],
    }


def _item(item: Item) -> Document:
    return {
        "DATA_TYPE": "transfer_symlink_item" if item.is_link else "transfer_item",
        "source_path": str(item.source),
        "destination_path": item.destination.folder if item.is_into else str(item.destination),
        "recursive": item.is_recursive,
        "external_checksum": item.checksum or None,
        "checksum_algorithm": item.algorithm.upper() or None,
    }


def event(one: Event) -> Document:
    return {
        "DATA_TYPE": "event",
        "code": one.code,
        "description": one.description,
        "details": one.details,
        "is_error": one.is_error,
        "time": moment(one.at),
    }


def success(one: File) -> Document:
    return {
        "DATA_TYPE": "successful_transfer",
        "source_path": str(one.source),
        "destination_path": str(one.destination),
        "size": one.size,
        "checksum": one.checksum or None,
        "checksum_algorithm": one.algorithm.upper() if one.checksum else None,
    }


def skipped(one: File) -> Document:
    return {
        "DATA_TYPE": "skipped_error",
        "source_path": str(one.source) if one.source_key else None,
        "destination_path": str(one.destination),
        "error_code": one.error_code,
        "error_details": one.error_details,
        "error_time": moment(one.ended_at),
        "is_directory": one.action == File.Action.FOLDER,
        "is_symlink": one.action == File.Action.LINK,
        "is_delete_destination_extra": one.action in {File.Action.DELETE, File.Action.REMOVE},
        "external_checksum": one.wanted_checksum or None,
        "checksum_algorithm": one.algorithm.upper() or None,
    }
