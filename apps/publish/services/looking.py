"""The files that were chosen are looked at: whether they may be read, and what they tell by the rules of a form."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

from apps.accounts.models import User
from apps.common.errors import Invalid, PortalError
from apps.publish.types import Chosen
from apps.storage import services as storage
from apps.storage.types import Entry, FilePath

MOST_LOOKED_AT = 20_000
MOST_DESCRIBED = 5
"""So many files are opened for a header that is in none of them."""
DEEPEST = 30
Rule = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """``source`` says in words where the value comes from."""

    value: Any
    source: str


def require_readable(files: Iterable[Chosen], actor: User) -> None:
    """Nobody sends in what they may not read themselves: else a co-author would read with the author's eyes.

    Raises:
        Invalid: one cannot be read.
    """
    for one in files:
        try:
            collection = storage.get_collection(uuid.UUID(one.collection), actor=actor)
            storage.require(actor, "r", collection, one.path)
        except (ValueError, PortalError) as error:
            raise Invalid(
                f"{one.path} cannot be chosen: {getattr(error, 'message', 'there is no such collection.')}",
                place="files",
            ) from error


def told_by(files: Sequence[Chosen], rules: Sequence[Rule], *, reader: User) -> list[tuple[Rule, Told]]:
    """What the files tell of each rule, read in the name of ``reader``. What cannot be read tells nothing."""
    looks = [_Look(rule) for rule in rules]
    left = MOST_LOOKED_AT
    for chosen in files if looks else ():
        with suppress(ValueError, PortalError):
            collection = storage.get_collection(uuid.UUID(chosen.collection), actor=reader)
            with storage.opened(collection, actor=reader) as held:
                headers = _Headers(held)
                for entry in _files(held, held.stat(chosen.path)):
                    left -= 1
                    if left < 0:
                        break
                    for look in looks:
                        look.at(entry, headers)
    return [(look.rule, told) for look in looks if (told := look.told(is_whole=left >= 0)) is not None]


def _files(held: storage.OpenCollection, entry: Entry, depth: int = 0) -> Iterator[Entry]:
    if entry.is_file:
        yield entry
    elif entry.is_folder and depth <= DEEPEST:
        for one in held.list(entry.path):
            yield from _files(held, one, depth + 1)


class _Headers:
    """Descriptions of files of one collection; several rules ask for the same."""

    def __init__(self, held: storage.OpenCollection) -> None:
        self._held = held
        self._known: dict[FilePath, Mapping[str, Any]] = {}

    def of(self, entry: Entry) -> Mapping[str, Any]:
        if entry.path not in self._known:
            try:
                self._known[entry.path] = storage.describe(self._held, entry.path).as_json()
            except PortalError:
                self._known[entry.path] = {}
        return self._known[entry.path]


@dataclass
class _Look:
    """One rule, and what it has found so far."""

    rule: Rule
    found: Told | None = None
    count: int = 0
    size: int = 0
    described: int = field(default=0)

    def at(self, entry: Entry, headers: _Headers) -> None:
        if not _fits(entry.path, self.rule.get("file", "*")):
            return
        self.count, self.size = self.count + 1, self.size + entry.size
        if self.found is not None:
            return
        if "path" in self.rule and (hit := re.search(self.rule["path"], str(entry.path))):
            self.found = Told(_said(hit["value"]), f"the path {_said(str(entry.path))}") if hit["value"] else None
        elif "header" in self.rule and self.described < MOST_DESCRIBED:
            self.described += 1
            value = in_header(headers.of(entry), self.rule["header"])
            if value is not None:
                self.found = Told(_times(value, self.rule.get("times")), f"the header of {_said(entry.path.name)}")

    def told(self, *, is_whole: bool) -> Told | None:
        """``is_whole``: all files were looked at; else nobody knows how many there are."""
        if self.rule.get("count") or self.rule.get("bytes"):
            words = f"{self.count:,} file{'' if self.count == 1 else 's'}"
            value, source = (self.count, words) if self.rule.get("count") else (self.size, f"the sizes of {words}")
            return Told(value, source) if is_whole and self.count else None
        return self.found


def _said(name: str) -> str:
    """A name may be of bytes that no page can hold."""
    return name.encode(errors="replace").decode()


def _fits(path: FilePath, pattern: str) -> bool:
    """A pattern with a ``/`` is one for the whole path."""
    return fnmatchcase(str(path) if "/" in pattern else path.name, pattern)


def in_header(described: Mapping[str, Any], name: str) -> Any:
    """What stands at a name with dots in what Describe tells of a file; in its contents, if it begins with none of the
    words around them. Nodes of a tree are found by their names, and tell their value."""
    keys = name.split(".")
    found: Any = described if keys[0] in described else described.get("contents", {})
    for key in keys:
        found = _step(found, key)
    if isinstance(found, Mapping):
        found = found.get("value", found.get("first"))
    return found


def _step(found: Any, key: str) -> Any:
    if isinstance(found, Mapping):
        if key in found:
            return found[key]
        found = found.get("children", found.get("root"))
        return _step(found, key) if found is not None else None
    if isinstance(found, list):
        if key.isdecimal():
            return found[int(key)] if int(key) < len(found) else None
        return next((one for one in found if isinstance(one, Mapping) and one.get("name") == key), None)
    return None


def _times(value: Any, factor: float | None) -> Any:
    """Rounded to what the noise of computing leaves."""
    if factor is None or isinstance(value, bool) or not isinstance(value, int | float):
        return value
    number = float(f"{value * factor:.12g}")
    return int(number) if number.is_integer() else number
