"""One pane of the file manager: a folder of a collection as plain values, links included."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from apps.storage.models import Collection
from apps.web.context import Link
from apps.web.files.address import Which


@dataclass(frozen=True, slots=True)
class Line:
    """An entry. ``key`` is what the forms send; ``url`` leads into a folder or to a preview, "" if there is neither."""

    key: str
    name: str
    icon: str
    kind: str
    url: str
    bytes: int | None
    size: str
    changed: datetime | None
    download_url: str = ""

    @property
    def is_folder(self) -> bool:
        return self.kind == "folder"


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a column. ``order`` is as aria-sort says it, "" if the lines are in another order."""

    label: str
    url: str
    order: str
    is_number: bool


@dataclass(frozen=True, slots=True)
class Problem:
    """Why nothing is listed, and what to do."""

    title: str
    message: str
    status: int = 200


@dataclass(frozen=True, slots=True)
class Acts:
    """What may be done here, as addresses; "" is not for this visitor."""

    new_folder: str = ""
    upload: str = ""
    put: str = ""
    rename: str = ""
    delete: str = ""
    share: str = ""
    download: str = ""


@dataclass(frozen=True, slots=True)
class Pane:
    """``kept`` are the parameters of the address that the form of the filter sends along; ``all_url`` is without it."""

    which: Which
    collection: Collection
    path: str
    crumbs: tuple[Link, ...]
    contains: str
    kept: tuple[tuple[str, str], ...]
    filter_name: str
    all_url: str
    hidden: Link
    up_url: str = ""
    lines: tuple[Line, ...] = ()
    columns: tuple[Column, ...] = ()
    text: str = ""
    is_cut: bool = False
    previous_url: str = ""
    next_url: str = ""
    may_write: bool = False
    acts: Acts = Acts()
    problem: Problem | None = None

    @property
    def is_second(self) -> bool:
        return self.which == "b"

    @property
    def folder(self) -> str:
        """The path, with ``/`` at the end."""
        return f"{self.path.removesuffix('/')}/"
