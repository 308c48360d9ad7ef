"""Triggers as they are told: ``{"name": …, "watched": {"kind": "files", …}, "flow_id": …, "body": {…}}``."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from apps.common.parsing import uuid_in
from apps.flows.forms.document import Document
from apps.flows.models import Run
from apps.storage.errors import IllegalPath
from apps.storage.types import FilePath
from apps.triggers.engine import MOST_FILES
from apps.triggers.models import Trigger
from apps.triggers.patterns import LONGEST
from apps.triggers.services import Told
from apps.triggers.types import EVERY_S, SETTLE_S, Batch, Files, Message, Records, RunEnd, Watched, Webhook

KINDS = tuple(Trigger.Kind.values)
MOST_FAILURES = 100
A_DAY, A_YEAR = 86_400, 365 * 86_400
_FIELDS = {"name", "watched", "flow_id", "body", "most_per_hour", "most_at_once", "most_failures"}
_OF_FILES = {*Files.__dataclass_fields__, "kind"}
_NOWHERE = UUID(int=0)
"""Stands for what is a fault."""


def trigger_of(told: Any) -> Told:
    """
    Raises:
        Unprocessable: it is none; all faults, by their places.
    """
    document = Document(told)
    read = _told(document)
    document.require_right()
    return read


def _told(document: Document) -> Told:
    document.known(_FIELDS)
    return Told(
        name=document.text("name", most=Trigger.LONGEST_NAME, is_required=True) or "",
        watched=_watched(document.part("watched")),
        flow_id=document.needed("flow_id", document.read("flow_id", uuid_in)) or _NOWHERE,
        body=document.object("body") or {},
        most_per_hour=document.whole("most_per_hour", 1, 10**6),
        most_at_once=document.whole("most_at_once", 1, 10**4),
        most_failures=document.whole("most_failures", 1, MOST_FAILURES) or 5,
    )


def sample_of(told: Any) -> tuple[Told, dict[str, Any] | None]:
    """Read ``{"trigger": {…}, "sample": {…}}``: what is to be tried, and on what; without a sample, on what is there.

    Raises:
        Unprocessable: all faults, by their places.
    """
    document = Document(told)
    document.known({"trigger", "sample"})
    sample = document.object("sample")
    if sample is not None and "paths" in sample:
        part = document.part("sample")
        part.known({"paths"})
        paths = part.texts("paths", most=1_000, longest=4_096) or []
        for at, path in enumerate(paths):
            _path(part, path, "paths", at)
        sample = {"paths": paths}
    read = _told(document.part("trigger"))
    document.require_right()
    return read, sample


def _watched(document: Document) -> Watched:
    match document.needed("kind", document.choice("kind", KINDS)):
        case Trigger.Kind.WEBHOOK:
            document.known({"kind"})
            return Webhook()
        case Trigger.Kind.RUN_END:
            return _run_end(document)
        case Trigger.Kind.RECORDS:
            return _records(document)
        case Trigger.Kind.FILES:
            return _files(document)
    document.known({"kind"})
    return Message()


def _run_end(document: Document) -> RunEnd:
    document.known({"kind", "flow_id", "statuses"})
    over = (Run.Status.SUCCEEDED.value, Run.Status.FAILED.value)
    statuses = document.choices("statuses", over)
    if statuses == []:
        document.fault("Name at least one.", "statuses")
    return RunEnd(document.read("flow_id", uuid_in), tuple(statuses or (Run.Status.SUCCEEDED.value,)))


def _records(document: Document) -> Records:
    document.known({"kind", "index", "query", "most_together"})
    return Records(
        index=document.text("index", most=100, is_required=True) or "",
        query=(document.text("query", most=8_000) or "").removeprefix("?"),
        most_together=document.whole("most_together", 1, Records.MOST) or Records.MOST,
    )


def _files(document: Document) -> Files:
    document.known(_OF_FILES)
    path = document.text("path", most=4_096)
    return Files(
        collection_id=document.needed("collection_id", document.read("collection_id", uuid_in)) or _NOWHERE,
        path=_path(document, path, "path") if path else FilePath(),
        pattern=document.text("pattern", most=LONGEST, is_required=document.says("pattern")) or "*",
        is_regex=document.flag("is_regex"),
        is_recursive=document.flag("is_recursive") if document.says("is_recursive") else True,
        least_bytes=document.whole("least_bytes", 0, 10**18) or 0,
        most_bytes=document.whole("most_bytes", 0, 10**18),
        least_age_s=document.whole("least_age_s", 0, A_YEAR) or 0,
        settle_s=_or(document.whole("settle_s", 0, A_DAY), SETTLE_S),
        every_s=document.whole("every_s", 1, A_DAY) or EVERY_S,
        marker=document.text("marker", most=LONGEST) or "",
        batch=_batch(document.part("batch")) if document.says("batch") else Batch(),
        is_taken_again=document.flag("is_taken_again"),
        takes_old=document.flag("takes_old"),
        is_described=document.flag("is_described"),
    )


def _batch(document: Document) -> Batch:
    """Without ``count``, each file starts a run; ``null`` is to say that no number of them does."""
    document.known({"count", "group_by", "quiet_s"})
    count = document.whole("count", 1, MOST_FILES)
    return Batch(
        count=count if document.mentions("count") else 1,
        group_by=tuple(document.texts("group_by", most=10, longest=100) or ()),
        quiet_s=document.whole("quiet_s", 1, A_YEAR),
    )


def _path(document: Document, text: str, *place: str | int) -> FilePath:
    try:
        return FilePath.parse(text)
    except IllegalPath as error:
        document.fault(error.message, *place)
        return FilePath()


def _or(told: int | None, otherwise: int) -> int:
    return otherwise if told is None else told
