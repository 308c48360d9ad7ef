"""What a trigger waits for, as people say it."""

from __future__ import annotations

from apps.triggers.types import Batch, Files, Message, Records, RunEnd, Watched, Webhook
from apps.web.files.words import readable
from apps.web.tasks.words import span
from apps.web.triggers.names import Names
from apps.web.values import count

_OUTCOMES = {"SUCCEEDED": "succeeded", "FAILED": "failed"}


def words_of(watched: Watched, names: Names) -> str:
    """``each 512 files *.cbf of one chip below Beamline: /raw/``."""
    match watched:
        case Files():
            return _of_files(watched, names)
        case Webhook():
            return "a signed request to its address"
        case Message():
            return "a message by API"
        case RunEnd(flow_id, statuses):
            whose = f"of {names.flow(flow_id).label}" if flow_id else "that you may see"
            return f"the end of a run {whose}: {' or '.join(_OUTCOMES.get(one, one.lower()) for one in statuses)}"
        case Records() as records:
            found = f", as {records.query} finds them" if records.query else ""
            return f"new and changed records of {names.index(records.index)}{found}"


def place_of(files: Files, names: Names) -> str:
    return f"{names.collection(files.collection_id)}: {readable(files.path.folder)}"


def _of_files(files: Files, names: Names) -> str:
    where = "below" if files.is_recursive else "in"
    pattern = "" if files.pattern == "*" and not files.is_regex else f" {files.pattern}"
    what, when = _batch(files.batch, files.marker if not files.marks_single_files else "")
    return f"{what}{pattern}{_group(files.batch)}{when} {where} {place_of(files, names)}"


def _batch(batch: Batch, marker: str) -> tuple[str, str]:
    """Which files, and when, if that is not said by their number."""
    if batch.count == 1:
        return "each file", ""
    if batch.count is not None:
        return f"each {count(batch.count)} files", ""
    if marker:
        return "all files", f", when {marker} is there,"
    return "all files", f", {span(batch.quiet_s or 0)} after the last,"


def _group(batch: Batch) -> str:
    return f" of one {' and '.join(batch.group_by)}" if batch.group_by else ""
