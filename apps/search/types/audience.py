"""Who asks, of what kinds, and where: audiences, kinds of values, stores."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a leaf is. A string that is an ISO date is a ``DATE`` and a ``STRING``."""

    NUMBER = "number"
    DATE = "date"
    STRING = "string"
    BOOLEAN = "boolean"
    POINT = "point"
    SHAPE = "shape"


Scalar = str | float | int | bool


@dataclass(frozen=True, slots=True)
class Audience:
    """Whose eyes an answer is for: a set of principals, or (``principals is None``) someone who bypasses visibility."""

    principals: frozenset[str] | None

    @classmethod
    def everything(cls) -> Audience:
        """Sees each subject's whole view. For administrators of the index who asked for it, and for our own counts."""
        return cls(None)

    def sees(self, visible_to: list[str] | frozenset[str]) -> bool:
        """Whether an entry with this ``visible_to`` is visible."""
        return self.principals is None or not self.principals.isdisjoint(visible_to)


@dataclass(frozen=True, slots=True)
class Store:
    """One generation of one index as an engine holds it.

    ``depth`` is the largest number of principals' sets that a view of this index needs at once: 0 while each subject
    has one visibility (then one clause filters), more when subjects have several (``ViewDocument.required``).
    """

    index_id: str
    generation: int
    depth: int = 0
    is_stemmed: bool = True

    @property
    def name(self) -> str:
        return f"{self.index_id}-{self.generation}"
