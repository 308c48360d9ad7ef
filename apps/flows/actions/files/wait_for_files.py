"""Waits until files are there, and nobody writes to them any more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from fnmatch import fnmatchcase
from typing import Any, ClassVar

from apps.common.errors import Invalid
from apps.flows.actions.base import Asking
from apps.flows.actions.files.bodies import NAMES_COLLECTION, PLACE, collection_in, path_in
from apps.flows.actions.files.refusals import attempted
from apps.flows.types import Order, Progress, Status
from apps.storage import services as storage
from apps.storage.errors import NoSuchFile
from apps.storage.types import Entry
from apps.transfer.forms import documents

MOST_FILES = 10_000
LEAST_PAUSE = timedelta(milliseconds=500)
_PATTERNS = {"type": ["string", "array"], "items": {"type": "string"}}
_SECONDS = {"type": "number", "minimum": 0, "maximum": 86_400}
_PROPERTIES: dict[str, Any] = {
    **PLACE,
    "pattern": {
        **_PATTERNS,
        "default": "*",
        "title": "Names",
        "description": "Such as *.h5; several are alternatives.",
    },
    "count": {"type": "integer", "minimum": 1, "maximum": MOST_FILES, "default": 1, "title": "How many files"},
    "settle_s": {**_SECONDS, "default": 10, "title": "Unchanged for so many seconds"},
    "marker": {
        **_PATTERNS,
        "title": "Marker",
        "description": "A name or pattern: when such a file is there, all files that match are complete.",
    },
    "poll_s": {**_SECONDS, "minimum": 1, "default": 5, "title": "Looks every so many seconds"},
}


@dataclass(frozen=True, slots=True)
class Watch:
    """What is waited for."""

    patterns: tuple[str, ...]
    markers: tuple[str, ...]
    count: int
    settle: timedelta
    poll: timedelta

    @classmethod
    def of(cls, body: Mapping[str, Any]) -> Watch:
        return cls(
            patterns=_several(body.get("pattern", "*")),
            markers=_several(body.get("marker", [])),
            count=body.get("count", 1),
            settle=timedelta(seconds=body.get("settle_s", 10)),
            poll=timedelta(seconds=body.get("poll_s", 5)),
        )

    def takes(self, entry: Entry) -> bool:
        """Hidden files are those that others have not finished, unless a pattern asks for them."""
        name = entry.path.name
        return entry.is_file and not self.marks(entry) and _matches(name, self.patterns)

    def marks(self, entry: Entry) -> bool:
        return entry.is_file and _matches(entry.path.name, self.markers)


@dataclass(frozen=True, slots=True)
class Sight:
    """A file, and since when it has been seen as it is."""

    entry: Entry
    since: datetime

    @property
    def state(self) -> str:
        return f"{self.entry.size} {self.entry.modified_at} {self.entry.version}"


class WaitForFiles(Asking):
    """``$.Result.details.files`` are the files that are complete, with ``path``, ``name`` and ``size``."""

    name: ClassVar[str] = "wait_for_files"
    title: ClassVar[str] = "Wait for files"
    subtitle: ClassVar[str] = "Waits until files are in a folder, and nobody writes to them any more."
    description: ClassVar[str] = (
        "A file is complete when its size and time have not changed for a while, or when a marker file is there. "
        "A folder that is not there yet is waited for, too."
    )
    keywords: ClassVar[tuple[str, ...]] = ("files", "watch", "trigger", "detector")

    @property
    def input_schema(self) -> Mapping[str, Any]:
        return {
            "type": "object",
            "properties": _PROPERTIES,
            "required": ["path"],
            "allOf": [NAMES_COLLECTION],
            "additionalProperties": False,
        }

    def begin(self, order: Order) -> Progress:
        return attempted(order, lambda: _looked(order))


def _looked(order: Order) -> Progress:
    watch = Watch.of(order.body)
    collection, folder = collection_in(order.body, order.actor), path_in(order.body)
    with storage.opened(collection, actor=order.actor) as files:
        try:
            entries = [one for one in files.list(folder) if watch.takes(one) or watch.marks(one)]
        except NoSuchFile:
            said = "The folder is not there yet"
            return Progress(status=Status.ACTIVE, display_status=said, look_in=watch.poll, memo={})
    if len(entries) > MOST_FILES:
        raise Invalid(f"More than {MOST_FILES:,} files match. Choose a narrower pattern.", place="pattern")
    sights = _sights([one for one in entries if watch.takes(one)], order)
    marker = next((one for one in entries if watch.marks(one)), None)
    complete = sights if marker else [one for one in sights if order.now - one.since >= watch.settle]
    if marker or len(complete) >= watch.count:
        about = {"collection_id": str(collection.pk), "path": folder.folder, "marker": marker and str(marker.path)}
        return Progress(details={**about, **_told(complete)})
    return _waiting(watch, sights, len(complete), order.now)


def _sights(entries: Iterable[Entry], order: Order) -> list[Sight]:
    """Each file with since when it has been as it is, by what is remembered from the last look."""
    known = order.memo.get("seen", {})
    found = []
    for entry in entries:
        sight = Sight(entry, order.now)
        state, since = known.get(entry.path.key, ("", ""))
        found.append(Sight(entry, datetime.fromisoformat(since)) if state == sight.state else sight)
    return found


def _waiting(watch: Watch, sights: list[Sight], complete: int, now: datetime) -> Progress:
    seen = {one.entry.path.key: (one.state, one.since.isoformat()) for one in sights}
    return Progress(
        status=Status.ACTIVE,
        details={"files_seen": len(sights), "files_complete": complete, "files_wanted": watch.count},
        display_status=f"{complete:,} of {watch.count:,} files are complete",
        look_in=_pause(watch, sights, now),
        memo={"seen": seen},
    )


def _pause(watch: Watch, sights: list[Sight], now: datetime) -> timedelta:
    """Until enough of them could be complete, if that is before the next look."""
    if len(sights) < watch.count:
        return watch.poll
    enough = sorted(one.since for one in sights)[watch.count - 1] + watch.settle
    return min(watch.poll, max(enough - now, LEAST_PAUSE))


def _told(sights: list[Sight]) -> dict[str, Any]:
    files = [{**documents.entry(one.entry), "path": str(one.entry.path)} for one in sights]
    return {"files": files, "count": len(files), "total_bytes": sum(one.entry.size for one in sights)}


def _several(told: str | list[str]) -> tuple[str, ...]:
    return (told,) if isinstance(told, str) else tuple(told)


def _matches(name: str, patterns: tuple[str, ...]) -> bool:
    return any(
        fnmatchcase(name, pattern) for pattern in patterns if pattern.startswith(".") or not name.startswith(".")
    )
