"""What a task is asked to do. Nothing here knows a database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from enum import IntEnum
from fnmatch import fnmatchcase
from typing import Any, Literal
from uuid import UUID

from apps.common import digest
from apps.storage.types import FilePath

Links = Literal["ignore", "keep"]


class SyncLevel(IntEnum):
    """When a file that is at the destination already is sent again. Each level includes those before it."""

    EXISTS = 0
    SIZE = 1
    MODIFIED = 2
    CHECKSUM = 3


@dataclass(frozen=True, slots=True)
class FilterRule:
    """Which names in a folder are taken, or left out. ``kind`` is ``file``, ``dir``, or "" for both."""

    includes: bool
    pattern: str
    kind: str = ""

    def is_about(self, name: str, *, is_folder: bool) -> bool:
        return self.kind in {"", "dir" if is_folder else "file"} and fnmatchcase(name, self.pattern)


@dataclass(frozen=True, slots=True)
class Options:
    """How a task is done: the words are those of Globus Transfer.

    ``skip_source_errors``: what is missing or may not be read at the source is left out, and the task goes on.
    ``fail_on_quota_errors``: a full destination ends the task, which else waits for room until its deadline.
    ``recursive_symlinks``: links found in folders are left out, or made at the destination as they are written.
    ``is_recursive`` and ``ignore_missing`` are about deletions.
    """

    sync_level: int | None = None
    verify_checksum: bool = True
    preserve_timestamp: bool = False
    encrypt_data: bool = False
    delete_destination_extra: bool = False
    skip_source_errors: bool = False
    fail_on_quota_errors: bool = False
    recursive_symlinks: Links = "ignore"
    filter_rules: tuple[FilterRule, ...] = ()
    notify_on_succeeded: bool = False
    notify_on_failed: bool = False
    notify_on_inactive: bool = False
    is_recursive: bool = False
    ignore_missing: bool = False

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> Options:
        """What ``as_json`` wrote; what a later release added has its default, and what it left out is forgotten."""
        rules = tuple(FilterRule(**rule) for rule in told.get("filter_rules", ()))
        known = {one.name for one in fields(cls)}
        return cls(**{name: value for name, value in told.items() if name in known} | {"filter_rules": rules})

    def takes(self, name: str, *, is_folder: bool) -> bool:
        """Whether the filter rules let it pass: the first that is about it decides, and without any it passes."""
        for rule in self.filter_rules:
            if rule.is_about(name, is_folder=is_folder):
                return rule.includes
        return True


@dataclass(frozen=True, slots=True)
class Wish:
    """One item of a submission. A delete has a ``destination`` alone.

    ``is_recursive`` None: a folder is transferred with all that is in it, a file as a file. ``is_into``: the
    destination was written as a folder, into which a file goes under its own name. ``checksum`` is what the file must
    have, hexadecimal, by ``algorithm``; an algorithm alone says which checksum is to be told of it.
    ``pattern`` stands for names in the folder that the destination is. ``is_link``: the source is a link, made at the
    destination as it is written.
    """

    destination: FilePath
    source: FilePath | None = None
    is_recursive: bool | None = None
    is_into: bool = False
    checksum: str = ""
    algorithm: str = ""
    pattern: str = ""
    is_link: bool = False


@dataclass(frozen=True, slots=True)
class Submission:
    """What both kinds of tasks are asked for. Under its ``submission_id`` it counts once, however often it is sent."""

    items: Sequence[Wish]
    options: Options = Options()
    label: str = ""
    deadline: datetime | None = None
    submission_id: UUID | None = None


ALGORITHMS: dict[str, str] = {
    "md5": "md5",
    "sha1": "sha1",
    "sha224": "sha224",
    "sha256": "sha256",
    "sha384": "sha384",
    "sha512": "sha512",
    "xxh3": "xxh3",
    "xxh3-128": "xxh3",
}
"""How callers write the algorithms, in lower case and without hyphens but the last, and how we do."""


def algorithm_named(told: str) -> str | None:
    """As we write it; None if we cannot compute it."""
    word = told.strip().lower()
    return ALGORITHMS.get(word) or ALGORITHMS.get(word.replace("-", ""))


def digest_of(action: str, path: FilePath) -> str:
    """What the ledger knows a line by: paths themselves are too long for an index."""
    return digest.digest_of(f"{action} {path.key}")[:32]
