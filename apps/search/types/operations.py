"""What comes in: entries to be put, changed or removed."""

from __future__ import annotations

from dataclasses import dataclass, field

from apps.search.types.audience import Scalar


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """An entry to be put: it replaces the one of the same subject and id whole. ``entry_id`` "" is the null entry.

    ``only_if``: by paths, what the one that is replaced has to say there; None: nothing, or that there is none.
    """

    subject: str
    content: dict[str, object]
    visible_to: tuple[str, ...]
    entry_id: str = ""
    principal_sets: dict[str, tuple[str, ...]] = field(default_factory=dict)
    only_if: dict[str, Scalar | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EntryText:
    """An ``EntryDraft`` on its way to the database: the content is written as JSON once, and carried as it stands."""

    subject: str
    content_text: str
    visible_to: tuple[str, ...]
    entry_id: str = ""
    principal_sets: dict[str, tuple[str, ...]] = field(default_factory=dict)
    only_if: dict[str, Scalar | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EntryPatch:
    """A change of an entry that exists: ``content`` is merged into it (RFC 7396); None leaves a part as it is.
    ``only_if`` is as in ``EntryDraft``."""

    subject: str
    entry_id: str = ""
    content: dict[str, object] | None = None
    visible_to: tuple[str, ...] | None = None
    principal_sets: dict[str, tuple[str, ...]] | None = None
    only_if: dict[str, Scalar | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SubjectRemoval:
    """All entries of a subject go, whoever may see them."""

    subject: str


@dataclass(frozen=True, slots=True)
class EntryRemoval:
    subject: str
    entry_id: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """A document that cannot be taken, in its place among the documents of a task."""

    subject: str
    path: str
    reason: str


Operation = EntryDraft | EntryPatch | SubjectRemoval | EntryRemoval | Problem


@dataclass(frozen=True, slots=True)
class IngestRequest:
    """``field_mapping`` says which canonical paths are ``geo_point`` or ``geo_shape``."""

    entries: tuple[EntryDraft, ...]
    field_mapping: dict[str, str] = field(default_factory=dict)
