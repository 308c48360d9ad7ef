"""A trigger is tried on what is there, or on paths that somebody thinks of: nothing is started, and nothing kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from apps.accounts.models import User
from apps.common.errors import PortalError
from apps.flows.forms import Start
from apps.search import services as search
from apps.storage import services as storage
from apps.storage.types import Entry, EntryKind, FilePath
from apps.triggers import actions, facts, paths, telling
from apps.triggers.engine.listing import files_below
from apps.triggers.models import SeenFile
from apps.triggers.paths import Part, Reading, read_path
from apps.triggers.searches import question
from apps.triggers.services.changing import Told
from apps.triggers.types import Files, Records

MOST_LOOKED_AT = 5_000
MOST_SHOWN = 50
MOST_FOUND = 5


@dataclass(frozen=True, slots=True)
class TriedFile:
    """``why`` it would be ignored; "" if it would be taken."""

    path: str
    groups: dict[str, str]
    part: str
    why: str


@dataclass(frozen=True, slots=True)
class Trial:
    """What a trigger would do. ``files`` are the first that were looked at, ``taken`` and ``ignored`` how many of all,
    ``batches`` how many would be complete now; of a search, ``taken`` is how many records it finds. ``happened`` is
    what the template sees of the first batch, or of the first group if none is complete; ``start`` what its flow would
    be started with, ``trouble`` why it would not be."""

    files: list[TriedFile] = field(default_factory=list)
    taken: int = 0
    ignored: int = 0
    is_cut: bool = False
    batches: int = 0
    happened: dict[str, Any] | None = None
    start: Start | None = None
    trouble: str = ""


def try_trigger(*, actor: User, told: Told, sample: Mapping[str, Any] | None = None, now: datetime) -> Trial:
    """Try it on what happened as ``sample`` tells it. If nothing is told, a trigger of files is tried on those of its
    folder, and a standing search on what it finds now. ``{"paths": ["/raw/a.cbf"]}`` are files that need not be there.

    Raises:
        InvalidTrigger: it is none.
        PortalError: the folder cannot be listed, or the index not be asked, by the actor.
    """
    trial = _trial(actor, told, now)
    match told.watched:
        case Files() as files:
            return _tried(_try_files(files, actor, trial, sample, now), actor, told)
        case Records() as records if sample is None:
            return _tried(_try_search(records, actor, trial), actor, told)
    return _tried(Trial(happened={**trial, **(sample or {})}), actor, told)


def _try_search(records: Records, actor: User, trial: dict[str, Any]) -> Trial:
    index, asked = search.get_index(name=records.index, actor=actor), question(records)
    limit = min(records.most_together, MOST_FOUND)
    page = search.find(index=index, request=replace(asked, query=replace(asked.query, limit=limit)), actor=actor)
    happened = {**telling.of_records(index, page.records), **trial} if page.records else None
    return Trial(taken=page.total, happened=happened)


def _try_files(
    watched: Files, actor: User, trial: dict[str, Any], sample: Mapping[str, Any] | None, now: datetime
) -> Trial:
    paths.require(watched)
    listed = _named(sample["paths"], now) if sample and "paths" in sample else None
    found = _there(watched, actor) if listed is None else listed
    return _read(watched, found[:MOST_LOOKED_AT], trial, is_cut=len(found) > MOST_LOOKED_AT)


def _trial(actor: User, told: Told, now: datetime) -> dict[str, Any]:
    """What templates of all kinds see."""
    names = {"trigger": {"id": "", "name": told.name}, "firing": {"id": 0, "at": now.isoformat()}}
    return {**names, "owner": telling.owner(actor)}


def _tried(trial: Trial, actor: User, told: Told) -> Trial:
    if trial.happened is None:
        return trial
    start, trouble = None, ""
    try:
        start = actions.filled(told.body, trial.happened)
        actions.check(start, owner=actor, flow_id=told.flow_id)
    except PortalError as error:
        trouble = error.message
    return replace(trial, start=start, trouble=trouble)


def _read(files: Files, found: list[Entry], trial: dict[str, Any], *, is_cut: bool) -> Trial:
    readings = [(entry, read_path(files, entry.path)) for entry in found]
    groups = dict[UUID | None, list[Entry]]()
    for entry, reading in readings:
        if reading.part is Part.FILE:
            groups.setdefault(reading.group_id, []).append(entry)
    marked = {reading.group_id for _entry, reading in readings if reading.part is Part.MARKER}
    batches = [
        batch for its_id, group in groups.items() for batch in _batches(files, group, is_marked=its_id in marked)
    ]
    first = batches[0] if batches else next(iter(groups.values()), None)
    rows = [SeenFile(path=one.path.key, size=one.size, modified_at=one.modified_at) for one in first or []]
    taken = sum(map(len, groups.values()))
    return Trial(
        files=[_shown(entry, reading) for entry, reading in readings[:MOST_SHOWN]],
        taken=taken,
        ignored=sum(reading.part is Part.NOTHING for _entry, reading in readings),
        is_cut=is_cut,
        batches=len(batches),
        happened={**facts.facts_of_files(files, rows), **trial} if rows else None,
    )


def _batches(files: Files, group: list[Entry], *, is_marked: bool) -> list[list[Entry]]:
    """Those that would be complete now, and what is left when nothing more comes."""
    group, count = sorted(group, key=lambda one: one.path.key), files.batch.count
    if count is None:
        return [group] if is_marked or files.batch.quiet_s is not None else []
    whole = [group[at : at + count] for at in range(0, len(group), count)]
    return whole if files.batch.quiet_s is not None else [batch for batch in whole if len(batch) == count]


def _shown(entry: Entry, reading: Reading) -> TriedFile:
    path = str(entry.path).encode(errors="replace").decode()
    return TriedFile(path, reading.groups, reading.part.value, reading.why)


def _named(told: Iterable[str], now: datetime) -> list[Entry]:

    return [Entry(FilePath.parse(one), EntryKind.FILE, modified_at=now) for one in told]


def _there(files: Files, actor: User) -> list[Entry]:
    """One more than are looked at, if there are."""
    collection = storage.get_collection(files.collection_id, actor=actor)
    with storage.opened(collection, actor=actor) as there:
        return list(islice(files_below(there, files), MOST_LOOKED_AT + 1))
