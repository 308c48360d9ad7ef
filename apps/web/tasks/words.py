"""Spans, speeds, and what a task was asked for, as people read them."""

from __future__ import annotations

from apps.transfer.types import FilterRule, Options
from apps.web.values import count, size

_SYNC = {
    None: "Every file is sent, also where it is there already",
    0: "Files that are there already are left alone",
    1: "Files that are there with the same size are left alone",
    2: "Files that are there with the same size and are not older are left alone",
    3: "Files that are there with the same checksum are left alone",
}
_SAID = {
    "preserve_timestamp": "The time of each file is kept",
    "encrypt_data": "Only encrypted ways are taken",
    "delete_destination_extra": "What is at the destination alone is deleted, if all else went well",
    "skip_source_errors": "What cannot be read at the source is left out",
    "fail_on_quota_errors": "A full destination ends the task",
    "is_recursive": "Folders go with all that is in them",
    "ignore_missing": "What is not there is no error",
}
_MAILS = {"notify_on_succeeded": "when it succeeds", "notify_on_failed": "when it fails"}
_KINDS = {"file": "files", "dir": "folders", "": "files and folders"}


def speed(bytes_per_second: float) -> str:
    return f"{size(bytes_per_second)}/s"


def span(seconds: float) -> str:
    """In its greatest unit, and the next below hours: 3 s, 12 min, 2 h 5 min, 3 days."""
    if seconds < 60:
        return f"{max(round(seconds), 1)} s"
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"{minutes} min"
    hours, rest = divmod(minutes, 60)
    if hours < 48:
        return f"{hours} h {rest} min" if rest else f"{hours} h"
    return f"{count(round(hours / 24))} days"


def options(asked: Options, *, is_transfer: bool) -> list[str]:
    """A sentence for each thing that somebody may want to know; without full stops."""
    told = []
    if is_transfer:
        told.append(_SYNC[asked.sync_level])
        told.append("Each file is compared by its checksum" if asked.verify_checksum else "Checksums are not compared")
        keeps = asked.recursive_symlinks == "keep"
        told.append("Links are made as they are written" if keeps else "Links in folders are left out")
    told += [words for name, words in _SAID.items() if getattr(asked, name)]
    told += [_rule(rule) for rule in asked.filter_rules]
    mails = [words for name, words in _MAILS.items() if getattr(asked, name)]
    return [*told, f"Its owner gets a mail {' and '.join(mails)}"] if mails else told


def _rule(rule: FilterRule) -> str:
    return f"{'Takes' if rule.includes else 'Leaves out'} {_KINDS.get(rule.kind, rule.kind)} named {rule.pattern}"
