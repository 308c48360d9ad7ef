"""What a question may take: so long, so many at once, and no crash of the engine leaves as one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Lock
from typing import TypeVar

from apps.search.errors import EngineUnavailable, QueryTooExpensive

T = TypeVar("T")


def is_panic(error: BaseException) -> bool:
    """Whether the engine broke down. Its ``PanicException`` is no ``Exception`` and cannot be imported."""
    return type(error).__name__ == "PanicException"


@contextmanager
def typed_errors() -> Iterator[None]:
    """Turn what the engine throws on account of a question into an error of ours."""
    try:
        yield
    except ValueError as error:
        raise QueryTooExpensive(f"The search engine refused the query: {error}. Narrow it.") from error
    except BaseException as error:
        if not is_panic(error):
            raise
        raise QueryTooExpensive("The search engine broke down over the query. Leave out parts of it.") from error


class Pool:
    """Runs questions beside the caller, so that the caller need not wait for ever.

    The engine cannot be stopped inside a call. A question that is given up keeps its thread until it ends; when all
    threads are kept so, the next question is turned away at once.
    """

    def __init__(self, *, workers: int, timeout_s: float) -> None:
        self._workers, self._timeout_s = workers, timeout_s
        self._lock = Lock()
        self._executor: ThreadPoolExecutor | None = None
        self._pid = 0
        self._stuck = 0

    def run(self, question: Callable[[], T]) -> T:
        """The answer to the question.

        Raises:
            QueryTooExpensive: it took longer than the time limit, or the engine broke down over it.
            EngineUnavailable: there was no thread for it.
        """
        if self._stuck >= self._workers:
            raise EngineUnavailable("The search engine is busy with very long queries. Ask again in a few seconds.")
        future = self._threads().submit(question)
        try:
            with typed_errors():
                return future.result(self._timeout_s)
        except TimeoutError:
            self._give_up(future)
            raise QueryTooExpensive(f"The query took longer than {self._timeout_s:g} s. Narrow it.") from None

    def _threads(self) -> ThreadPoolExecutor:
        # Threads do not survive a fork: each process has its own.
        with self._lock:
            if self._executor is None or self._pid != os.getpid():
                self._executor = ThreadPoolExecutor(self._workers, thread_name_prefix="tantivy")
                self._pid, self._stuck = os.getpid(), 0
            return self._executor

    def _give_up(self, future: Future[T]) -> None:
        if future.cancel():
            raise EngineUnavailable("The search engine is busy. Ask again in a few seconds.")
        with self._lock:
            self._stuck += 1
        future.add_done_callback(self._came_back)

    def _came_back(self, _: Future[T]) -> None:
        with self._lock:
            self._stuck -= 1
