"""What an engine is given to hold: the views of subjects."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ViewDocument:
    """One view of a subject: the merged contents of the entries that some caller sees together.

    A caller P matches when
      * ``acl`` is not empty: P meets ``acl`` (the subject has this one view for whoever sees anything of it), or
      * ``acl`` is empty: P meets each set in ``required`` and none of ``denied``. ``required`` may then be at most
        ``Store.depth`` long and is never empty.
    Views with neither are matched by nobody. ``is_whole`` marks the one view of a subject that holds all its entries;
    ``Audience.everything()`` matches it alone.

    ``paths`` are those with a value and all above them; ``points`` are (latitude, longitude); ``exact`` and ``words``
    are folded. A string of more than ``MAX_KEYWORD_CHARACTERS`` is text alone: not matched, counted or sorted by whole.
    """

    subject: str
    number: int
    acl: tuple[str, ...] = ()
    required: tuple[tuple[str, ...], ...] = ()
    denied: tuple[str, ...] = ()
    is_whole: bool = True
    sets: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    strings: dict[str, list[str]] = field(default_factory=dict)
    numbers: dict[str, list[float]] = field(default_factory=dict)
    dates: dict[str, list[int]] = field(default_factory=dict)
    booleans: dict[str, list[bool]] = field(default_factory=dict)
    points: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    texts: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SubjectViews:
    """All views that a subject has from now on (none: it is gone). They replace whatever the engine held of it.

    ``stale`` is one more than the highest view number that the engine may still hold.
    """

    subject: str
    views: tuple[ViewDocument, ...]
    stale: int = 1
