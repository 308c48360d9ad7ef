"""Writing views in bulk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from apps.search.backends.base import NoSuchStore
from apps.search.backends.opensearch.connection import Connection, Json, encoded
from apps.search.backends.opensearch.documents import body, field_names, identifier
from apps.search.backends.opensearch.fields import Fields
from apps.search.errors import EngineUnavailable, InvalidDocument
from apps.search.types import SubjectViews

MAX_CHUNK_BYTES = 4_000_000


@dataclass(frozen=True, slots=True)
class _Step:
    """One line of a bulk request and what became of it."""

    subject: str
    id: str
    lines: bytes
    is_delete: bool


class BulkWriter:
    """Writes to one store. Several may at once, in this process and others: each document keeps its highest version."""

    def __init__(self, connection: Connection, alias: str, fields: Fields) -> None:
        self._connection, self._alias, self._fields = connection, alias, fields

    def add(self, subjects: Sequence[SubjectViews], *, version: int) -> None:
        """Replace what the engine holds of these subjects.

        Raises:
            InvalidDocument: the engine refuses some; ``details`` says which and why. The others were written.
        """
        self._fields.ensure(field_names(view for subject in subjects for view in subject.views))
        overtaken: set[str] = set()
        written: dict[str, list[str]] = {}
        refused: dict[str, str] = {}
        for step, answer in self._sent(step for subject in subjects for step in _steps(subject, version)):
            status = answer["status"]
            if status < 300:
                if not step.is_delete:
                    written.setdefault(step.subject, []).append(step.id)
            elif status == 409:
                overtaken.add(step.subject)
            elif status != 404 or "error" in answer:  # 404 without an error: there was nothing to delete.
                refused[step.subject] = _reason(answer["error"], status)
        self._take_back([(subject, id) for subject in overtaken for id in written.get(subject, ())], version)
        if refused:
            told = "; ".join(f"{subject}: {reason}" for subject, reason in list(refused.items())[:3])
            raise InvalidDocument(
                f"The search engine refuses {len(refused)} subjects. {told}", details={"subjects": refused}
            )

    def _take_back(self, ids: list[tuple[str, str]], version: int) -> None:
        """Where a newer write of a subject was met, remove what this older one has left beside it."""
        for _ in self._sent(_delete(subject, id, version) for subject, id in ids):
            pass  # A conflict says that the newer write has replaced it already.

    def _sent(self, steps: Iterable[_Step]) -> Iterator[tuple[_Step, Json]]:
        chunk: list[_Step] = []
        size = 0
        for step in steps:
            if chunk and size + len(step.lines) > MAX_CHUNK_BYTES:
                yield from self._send(chunk)
                chunk, size = [], 0
            chunk.append(step)
            size += len(step.lines)
        if chunk:
            yield from self._send(chunk)

    def _send(self, chunk: list[_Step]) -> Iterator[tuple[_Step, Json]]:
        answer = self._connection.ask(
            "POST",
            f"/{self._alias}/_bulk",
            b"".join(step.lines for step in chunk),
            # Without require_alias a bulk request to a dropped index would make it anew, with guessed mappings.
            params={"require_alias": "true", "filter_path": "items.*.status,items.*.error"},
        )
        for step, item in zip(chunk, answer["items"], strict=True):
            (outcome,) = item.values()
            yield step, outcome


def _steps(subject: SubjectViews, version: int) -> Iterator[_Step]:
    """What a subject needs: its views, and deletes for the numbers that it has no more."""
    for view in subject.views:
        id = identifier(subject.subject, view.number)
        head = {"index": {"_id": id, "version": version, "version_type": "external_gte"}}
        lines = b"%b\n%b\n" % (encoded(head), encoded(body(view)))
        yield _Step(subject.subject, id, lines, is_delete=False)
    for number in sorted(set(range(subject.stale)) - {view.number for view in subject.views}):
        yield _delete(subject.subject, identifier(subject.subject, number), version)


def _delete(subject: str, id: str, version: int) -> _Step:
    head = {"delete": {"_id": id, "version": version, "version_type": "external_gte"}}
    return _Step(subject, id, b"%b\n" % encoded(head), is_delete=True)


def _reason(error: Json, status: int) -> str:
    if error["type"] == "index_not_found_exception":
        raise NoSuchStore(error["reason"])
    if status in (429, 503):
        raise EngineUnavailable
    cause = error.get("caused_by", {}).get("reason")
    return f"{error['reason']} ({cause})" if cause else str(error["reason"])
