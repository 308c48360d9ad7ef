"""One round of writes: operations applied to the entries they touch, first in memory, then in the database at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar

from django.db.models import F

from apps.common import quick_json
from apps.search import analysis, ledger, paths, projection
from apps.search.catalogue import Catalogue
from apps.search.errors import TooManyViews
from apps.search.models import Entry, Failure, Index, Part, SplitSubject
from apps.search.projection import Leaves, Source
from apps.search.strictness import Strictness
from apps.search.types import (
    PUBLIC,
    EntryPatch,
    EntryRemoval,
    EntryText,
    Problem,
    SubjectRemoval,
    SubjectViews,
)

T = TypeVar("T")

CHUNK = 500
MAX_ENTRIES = 100


@dataclass(frozen=True)
class State:
    """An entry as it stands in this round; ``pk`` if the database holds it so."""

    pk: int | None
    content_text: str
    visible_to: tuple[str, ...]
    principal_sets: dict[str, tuple[str, ...]]
    geo_fields: dict[str, str]

    @cached_property
    def leaves(self) -> Leaves:
        return projection.leaves(quick_json.loads(self.content_text), self.geo_fields)

    @property
    def source(self) -> Source:
        return projection.source(self.visible_to, self.principal_sets, self.leaves)


class Round:
    """Applies parts to an index. ``apply`` and ``views`` read, ``store`` writes; the caller holds the lease."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._fresh: list[Part] = []
        self._failures: list[tuple[Part, Failure]] = []
        self._before: dict[str, dict[str, State]] = {}
        self._after: dict[str, dict[str, State]] = {}

    def apply(self, parts: Iterable[Part]) -> None:
        """Apply the operations of these parts in order; a document that cannot be taken changes nothing else.

        Of a part that is stored already (a worker died behind that) only the subjects count: their views are due.
        """
        read = [(part, ledger.read(part)) for part in parts]
        self._load({operation.subject for _, operations in read for operation in operations})
        for part, operations in read:
            if part.is_stored:
                continue
            self._fresh.append(part)
            for place, operation in enumerate(operations):
                problem = self._apply(operation)
                if problem:
                    self._fail(part, place, problem)

    def views(self) -> list[SubjectViews]:
        """The views that the touched subjects have now."""
        self._catalogue.note(self._pairs())
        indexed = self._catalogue.indexed
        made = []
        for subject, entries in self._after.items():
            stale = self._split.get(subject, 1)
            sources = [state.source for _, state in sorted(entries.items())]
            made.append(projection.views(subject, sources, stale=stale, indexed=indexed))
        self._wide = {one.subject: max(len(one.views), one.stale) for one in made if max(len(one.views), one.stale) > 1}
        return made

    def store(self, *, now: datetime, depth: int) -> None:
        """Write entries, catalogue, sums, and how each document fared. In the caller's transaction."""
        gone, put = self._changes()
        for chunk in _chunks(gone):
            Entry.objects.filter(pk__in=chunk).delete()
        Entry.objects.bulk_create(
            [self._row(subject, entry_id, state, now) for subject, entry_id, state in put],
            batch_size=CHUNK,
            update_conflicts=True,
            unique_fields=["index", "subject", "entry_id"],
            update_fields=["content_text", "visible_to", "is_public", "principal_sets", "updated_at"],
        )
        SplitSubject.objects.bulk_create(
            [SplitSubject(index=self.index, subject=subject, views=count) for subject, count in self._wide.items()],
            batch_size=CHUNK,
            update_conflicts=True,
            unique_fields=["index", "subject"],
            update_fields=["views"],
        )
        self._catalogue.store()
        self._report()
        Index.objects.filter(pk=self.index.pk).update(
            num_entries=F("num_entries") + self._difference(lambda _: 1),
            size_bytes=F("size_bytes") + self._difference(lambda state: len(state.content_text)),
            depth=max(self.index.depth, depth),
        )

    def _report(self) -> None:
        failed = Counter(part.pk for part, _ in self._failures)
        Failure.objects.bulk_create([failure for _, failure in self._failures], batch_size=CHUNK)
        for part in self._fresh:
            part.is_stored, part.failed = True, failed[part.pk]
            part.done = part.count - part.failed
        Part.objects.bulk_update(self._fresh, ["is_stored", "done", "failed"], batch_size=CHUNK)

    # --- in memory

    def _load(self, subjects: set[str]) -> None:
        # In order, so that the numbers of entries say nothing of what hidden ones came with them.
        new = sorted(subject for subject in subjects if subject and subject not in self._after)
        for subject in new:
            self._before[subject] = {}
        for chunk in _chunks(new):
            for entry in Entry.objects.filter(index=self.index, subject__in=chunk):
                state = self._state(entry.content_text, entry.visible_to, entry.principal_sets, pk=entry.pk)
                self._before[entry.subject][entry.entry_id] = state
        for subject in new:
            self._after[subject] = dict(self._before[subject])

    def _state(
        self, content_text: str, visible_to: Iterable[str], principal_sets: dict[str, Any], *, pk: int | None = None
    ) -> State:
        sets = {name: tuple(several) for name, several in principal_sets.items()}
        return State(pk, content_text, tuple(visible_to), sets, self.index.geo_fields)

    def _apply(self, operation: ledger.Written) -> Problem | None:
        match operation:
            case Problem():
                return operation
            case SubjectRemoval(subject):
                self._after[subject].clear()
            case EntryRemoval(subject, entry_id):
                self._after[subject].pop(entry_id, None)
            case EntryText(_, content_text, visible_to, _, principal_sets):
                return self._put(operation, self._state(content_text, visible_to, principal_sets))
            case EntryPatch(subject, entry_id):
                old = self._after[subject].get(entry_id)
                if old is None:
                    return Problem(subject, "", "There is no such entry to change. Ingest it whole.")
                return self._put(operation, self._patched(old, operation))
        return None

    def _is_as_told(self, operation: EntryText | EntryPatch) -> bool:
        old = self._after[operation.subject].get(operation.entry_id)
        content = quick_json.loads(old.content_text) if old else {}
        return all(is_same(said(content, path), value) for path, value in operation.only_if.items())

    def _put(self, operation: EntryText | EntryPatch, state: State) -> Problem | None:
        if operation.only_if and not self._is_as_told(operation):
            return Problem(operation.subject, "only_if", "The entry says something else. Read it, and ask anew.")
        entries = self._after[operation.subject]
        others = [other for entry_id, other in entries.items() if entry_id != operation.entry_id]
        if len(others) >= MAX_ENTRIES:
            return Problem(
                operation.subject, "id", f"A subject holds at most {MAX_ENTRIES} entries. Remove some first."
            )
        try:
            if others:
                projection.visibilities(frozenset(each.visible_to) for each in [*others, state])
        except TooManyViews as error:
            return Problem(operation.subject, "visible_to", error.message)
        if self._strictness and (problem := self._strictness.take(operation.subject, state.leaves)):
            return problem
        entries[operation.entry_id] = state
        return None

    def _patched(self, old: State, patch: EntryPatch) -> State:
        content = old.content_text
        if patch.content is not None:
            merged = merge(quick_json.loads(content), patch.content)
            content = ledger.json_text(merged)
        visible_to = old.visible_to if patch.visible_to is None else patch.visible_to
        sets = old.principal_sets if patch.principal_sets is None else patch.principal_sets
        return self._state(content, visible_to, sets)

    def _fail(self, part: Part, place: int, problem: Problem) -> None:
        failure = Failure(
            task_id=part.task_id,
            number=part.first + place,
            subject=problem.subject[:500],
            path=problem.path,
            reason=problem.reason,
        )
        self._failures.append((part, failure))

    # --- what changed

    @cached_property
    def _catalogue(self) -> Catalogue:
        return Catalogue(self.index)

    @cached_property
    def _strictness(self) -> Strictness | None:
        return Strictness(self._catalogue.lines) if self.index.is_strict else None

    @cached_property
    def _split(self) -> dict[str, int]:
        known: dict[str, int] = {}
        for chunk in _chunks(list(self._after)):
            rows = SplitSubject.objects.filter(index=self.index, subject__in=chunk)
            known.update(rows.values_list("subject", "views"))
        return known

    def _pairs(self) -> Iterable[tuple[Leaves | None, Leaves | None]]:
        """Each entry that changed, as it was and as it is."""
        for subject, after in self._after.items():
            before = self._before[subject]
            for entry_id in before.keys() | after.keys():
                old, new = before.get(entry_id), after.get(entry_id)
                if old is None or new is None or old.content_text != new.content_text:
                    yield (old.leaves if old else None, new.leaves if new else None)

    def _changes(self) -> tuple[list[int], list[tuple[str, str, State]]]:
        """The rows to delete, and the entries to put."""
        gone: list[int] = []
        put: list[tuple[str, str, State]] = []
        for subject, after in self._after.items():
            before = self._before[subject]
            gone += [old.pk for entry_id, old in before.items() if entry_id not in after and old.pk is not None]
            put += [
                (subject, entry_id, state) for entry_id, state in after.items() if before.get(entry_id) is not state
            ]
        return gone, put

    def _row(self, subject: str, entry_id: str, state: State, now: datetime) -> Entry:
        return Entry(
            index=self.index,
            subject=subject,
            entry_id=entry_id,
            content_text=state.content_text,
            visible_to=list(state.visible_to),
            is_public=PUBLIC in state.visible_to,
            principal_sets={name: list(several) for name, several in state.principal_sets.items()},
            created_at=now,
            updated_at=now,
        )

    def _difference(self, measure: Callable[[State], int]) -> int:
        return sum(
            sum(map(measure, after.values())) - sum(map(measure, self._before[subject].values()))
            for subject, after in self._after.items()
        )


def said(content: Any, path: str) -> Any:  # Any: JSON
    """What stands at a path that leads through objects alone, a text in the composed form; None: nothing."""
    for key in paths.split(path):
        content = content.get(key) if isinstance(content, dict) else None
    return analysis.composed(content) if isinstance(content, str) else content


def is_same(one: Any, other: Any) -> bool:  # Any: JSON
    """Equal as JSON has it: 1 is 1.0, and not true."""
    return bool(one == other) and isinstance(one, bool) == isinstance(other, bool)


def merge(target: Any, patch: Any) -> Any:  # Any: JSON
    """RFC 7396: objects merge key by key, null takes a key away, all else replaces."""
    if not isinstance(patch, dict):
        return patch
    merged = dict(target) if isinstance(target, dict) else {}
    for key, value in patch.items():
        if value is None:
            merged.pop(key, None)
        else:
            merged[key] = merge(merged.get(key), value)
    return merged


def _chunks(items: list[T]) -> Iterable[list[T]]:
    for start in range(0, len(items), CHUNK):
        yield items[start : start + CHUNK]
