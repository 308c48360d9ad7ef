"""Words of publishing that several files need. Nothing here knows a database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from apps.storage.types import FilePath

FORM_ROLES: Mapping[str, tuple[str, ...]] = {
    "owner": ("owner",),
    "administrator": ("administrator", "owner"),
    "reviewer": ("reviewer",),
    "submitter": ("submitter", "administrator", "owner"),
    "viewer": ("viewer", "submitter", "reviewer", "administrator", "owner"),
}
"""Who may do what with a form. Its administrators see no drafts: what people have not sent in is theirs."""
SUBMISSION_ROLES: Mapping[str, tuple[str, ...]] = {
    "author": ("author",),
    "editor": ("editor", "author"),
    "viewer": ("viewer", "editor", "author"),
}
"""The author sends it in and shares it; editors are those who write with them."""

AUTHORS = "authors"
REVIEWERS = "reviewers"
"""Who may see what is published, besides principals: everybody who wrote it; all reviewers of its form."""


class Identifiers(StrEnum):
    """What names a form gives."""

    NONE = "none"
    LOCAL = "local"
    DATACITE = "datacite"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and where: a JSON pointer, "" for the whole."""

    pointer: str
    message: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """A file or a folder that is to be published, where it is now."""

    collection: str
    path: FilePath

    def as_json(self) -> dict[str, str]:
        return {"collection": self.collection, "path": self.path.key}

    @classmethod
    def from_json(cls, told: Mapping[str, str]) -> Chosen:
        return cls(told["collection"], FilePath.from_key(told["path"]))


@dataclass(frozen=True, slots=True)
class Part:
    """What becomes one entry: ``entry_id`` "" is what all see who see the record, others are restricted sections.

    ``visible_to`` are principals, from now on; ``opens_to`` those after the embargo, if there is one.
    """

    entry_id: str
    content: dict[str, Any]
    visible_to: tuple[str, ...]
    opens_to: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "entry_id": self.entry_id,
            "content": self.content,
            "visible_to": list(self.visible_to),
            "opens_to": list(self.opens_to),
        }

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Part:
        return cls(told["entry_id"], told["content"], tuple(told["visible_to"]), tuple(told["opens_to"]))


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who is to see a submission when it is published: one of the form's choices, until ``embargo`` (a day, ISO) the
    authors alone."""

    choice: str = ""
    embargo: str = ""

    def as_json(self) -> dict[str, str]:
        return {"choice": self.choice, "embargo": self.embargo}


@dataclass(frozen=True, slots=True)
class Readers:
    """Who is to read a part of a record, besides its authors: principals, ``AUTHORS`` or ``REVIEWERS``; ``opens_on`` a
    day (ISO), "" for at once. Nobody is said yet where there are none."""

    told: tuple[str, ...]
    opens_on: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One answer to "who will see it": ``visible_to`` are principals, ``AUTHORS`` or ``REVIEWERS``."""

    name: str
    title: str
    visible_to: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A restricted part of a form, by the name that its schema marks it with."""

    name: str
    title: str
    visible_to: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormDocument:
    """A form, read: how a kind of dataset is published. Ids are "" where its administrators have not said them yet.

    ``schema`` is what is filled in. ``subject``, ``name`` and ``path`` are patterns (``apps.publish.patterns``).
    ``files_at`` is where in the content the files are listed, "" for nowhere.
    """

    title: str
    schema: Mapping[str, Any]
    index: str
    collection: str
    description: str = ""
    flow: str = ""
    path: str = "/{id}"
    subject: str = "{url}"
    name: str = "{title}"
    identifier: Identifiers = Identifiers.NONE
    choices: tuple[Choice, ...]
    may_embargo: bool = True
    sections: tuple[Section, ...] = ()
    needs_files: bool = False
    files_at: str = "files"
    proposals: tuple[Mapping[str, Any], ...] = field(default=())

    def choice(self, name: str) -> Choice | None:
        return next((one for one in self.choices if one.name == name), None)

    def section(self, name: str) -> Section | None:
        return next((one for one in self.sections if one.name == name), None)
