"""The stores on disk: a directory for each, read by all threads, written by one at a time."""

from __future__ import annotations

import os
import random
import re
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any
from uuid import uuid4

from tantivy import Index, Schema, Searcher

from apps.search.backends.base import NoSuchStore, StoreSize
from apps.search.backends.tantivy import layout
from apps.search.backends.tantivy.documents import document
from apps.search.backends.tantivy.keeping import Kept
from apps.search.backends.tantivy.limits import is_panic
from apps.search.errors import EngineUnavailable
from apps.search.types import Store, SubjectViews

Mark = tuple[int, int, int]

LOCK_WAIT_S = 30.0
_NAME = re.compile(rf"(?P<index>.+)-(?P<generation>\d+)\.v{layout.VERSION}")
_MARK = "made"
"""A file that is written once, when the directory is made: by it a directory made anew under the same name is told."""


@dataclass(frozen=True, slots=True)
class Reader:
    """One committed state of a store, shared by all questions until the next; ``kept`` is what they found out of it."""

    index: Index
    schema: Schema
    searcher: Searcher
    kept: Kept = field(default_factory=Kept)


@dataclass(slots=True)
class _Open:
    mark: Mark
    index: Index
    meta: Path
    lock: Lock = field(default_factory=Lock)
    state: tuple[Mark, Reader] | None = None

    def reader(self) -> Reader:
        """With the manual policy a commit of any process is seen by the next question.

        Each commit puts another file in the place of ``meta``. It is looked at before the state is loaded, so that what
        is loaded is never older than its mark.
        """
        with self.lock:
            mark = _mark(self.meta)
            if self.state is None or self.state[0] != mark:
                self.index.reload()
                self.state = mark, Reader(self.index, self.index.schema, self.index.searcher())
            return self.state[1]


def _mark(path: Path) -> Mark:
    """By what a file is told from another that takes its place."""
    found = os.stat(path)  # noqa: PTH116  # Asked at each search; Path costs more than the call.
    return (found.st_ino, found.st_size, found.st_mtime_ns)


class Stores:
    """All stores beneath one folder."""

    def __init__(self, folder: Path, *, writer_heap_bytes: int) -> None:
        self._folder, self._heap_bytes = folder, writer_heap_bytes
        self._open: dict[str, _Open] = {}

    def path(self, store: Store) -> Path:
        return self._folder / f"{store.name}.v{layout.VERSION}"

    def create(self, store: Store) -> None:
        """Make the directory elsewhere and move it to its place, so that it is there whole or not at all.

        Raises:
            EngineUnavailable: the disk did not take it.
        """
        path = self.path(store)
        if path.exists():
            return
        making = self._folder / f".making-{uuid4().hex}"
        try:
            making.mkdir(parents=True)
            layout.make_index(str(making), stemmed=store.is_stemmed)
            (making / _MARK).touch()
            with suppress(OSError):  # Another process was faster.
                making.rename(path)
        except (OSError, ValueError) as error:
            raise EngineUnavailable(f"The files of index {store.index_id} could not be made: {error}") from error
        finally:
            shutil.rmtree(making, ignore_errors=True)

    def drop(self, store: Store) -> None:
        """Remove the directory, those of older layouts too."""
        self._open.pop(store.name, None)
        for path in self._folder.glob(f"{store.name}.v*"):
            gone = self._folder / f".dropped-{uuid4().hex}"
            with suppress(FileNotFoundError):
                path.rename(gone)
            shutil.rmtree(gone, ignore_errors=True)

    def exists(self, store: Store) -> bool:
        return (self.path(store) / _MARK).exists()

    def generations(self, index_id: str) -> list[int]:
        if not self._folder.is_dir():
            return []
        names = (_NAME.fullmatch(path.name) for path in self._folder.iterdir())
        return sorted(int(name["generation"]) for name in names if name and name["index"] == index_id)

    def reader(self, store: Store) -> Reader:
        """The newest committed state.

        Raises:
            NoSuchStore: the directory is not there.
        """
        mark = self._mark(store)
        opened = self._open.get(store.name)
        if opened is None or opened.mark != mark:
            try:
                index = layout.open_index(str(self.path(store)))
                index.config_reader("manual")
            except ValueError as error:
                raise self._why(store, error) from error
            opened = self._open[store.name] = _Open(mark, index, self.path(store) / "meta.json")
        try:
            return opened.reader()
        except (OSError, ValueError) as error:
            raise self._why(store, error) from error

    def size(self, store: Store) -> StoreSize:
        documents = self.reader(store).searcher.num_docs
        taken = 0
        for file in self.path(store).iterdir():
            with suppress(FileNotFoundError):  # A merge may remove files meanwhile.
                taken += file.stat().st_size
        return StoreSize(documents, taken)

    @contextmanager
    def writer(self, store: Store) -> Iterator[TantivyWriter]:
        """Write with a fresh ``Index``: one that lives on leaks files as soon as another process writes too.

        Raises:
            NoSuchStore: the directory is not there.
            EngineUnavailable: another writer kept the lock, or the disk did not take what was written.
        """
        self._mark(store)
        engine = self._locked(store)
        try:
            writer = TantivyWriter(engine)
            yield writer
            if writer.has_changes:
                engine.commit()
            engine.wait_merging_threads()  # It gives the lock back, too.
        except BaseException as error:
            with suppress(ValueError):  # Where the commit failed, this fails as well; the files are as they were.
                engine.rollback()
                engine.wait_merging_threads()
            if is_panic(error) or isinstance(error, ValueError):
                raise self._why(store, error) from error
            raise

    def _locked(self, store: Store) -> Any:  # Any: tantivy is not typed
        until, pause = time.monotonic() + LOCK_WAIT_S, 0.01
        while True:
            try:
                return layout.open_index(str(self.path(store))).writer(self._heap_bytes, 1)
            except ValueError as error:
                if "LockBusy" not in str(error):
                    raise self._why(store, error) from error
                if time.monotonic() + pause > until:
                    raise EngineUnavailable(
                        f"Another process has been writing to index {store.index_id} for {LOCK_WAIT_S:g} s. Try again."
                    ) from error
            time.sleep(pause * random.uniform(0.5, 1.0))  # noqa: S311  # No secret: it only parts two writers.
            pause = min(2 * pause, 0.5)

    def _mark(self, store: Store) -> Mark:
        try:
            return _mark(self.path(store) / _MARK)
        except OSError:
            self._open.pop(store.name, None)
            raise NoSuchStore(store.name) from None

    def _why(self, store: Store, error: BaseException) -> Exception:
        if not self.exists(store):
            return NoSuchStore(store.name)
        return EngineUnavailable(f"The files of index {store.index_id} could not be read or written: {error}")


class TantivyWriter:
    """Writes to the one store that it was opened for."""

    def __init__(self, engine: Any) -> None:  # Any: tantivy is not typed
        self._engine = engine
        self.has_changes = False

    def add(self, subjects: Sequence[SubjectViews], *, version: int) -> None:  # noqa: ARG002  # see below
        """Replace what the store holds of these subjects. There is one writer at a time, so the last is the newest."""
        for one in subjects:
            self.has_changes = True
            self._engine.delete_documents_by_term("s", layout.sortable(one.subject))
            for view in one.views:
                self._engine.add_document(document(view))
