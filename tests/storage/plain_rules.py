"""The rules once more, as plain as can be: sets of words, tuples of names, and no database."""

from __future__ import annotations

from dataclasses import dataclass, field

Names = tuple[str, ...]


@dataclass
class Plain:
    """A collection. ``rules`` say what a principal may do at a place, ``None`` when the rule has expired."""

    owner: str
    parent: Plain | None = None
    base: Names = ()
    is_read_only: bool = False
    administrators: set[str] = field(default_factory=set)
    rules: dict[tuple[str, Names], str | None] = field(default_factory=dict)


@dataclass
class People:
    """What each person counts as; superusers administer everything."""

    principals: dict[str, set[str]]
    superusers: set[str]

    def may(self, who: str, permission: str, collection: Plain | None, path: Names) -> bool:
        """A share lets nobody do what whoever shares may not do, all the way up."""
        while collection is not None:
            if permission == "rw" and collection.is_read_only:
                return False
            is_administrator = who in collection.administrators | self.superusers
            if not is_administrator and not self._is_let_in(who, permission, collection, path):
                return False
            who, path, collection = collection.owner, collection.base + path, collection.parent
        return True

    def _is_let_in(self, who: str, permission: str, collection: Plain, path: Names) -> bool:
        return any(
            principal in self.principals[who] and path[: len(place)] == place and allowed in {permission, "rw"}
            for (principal, place), allowed in collection.rules.items()
            if allowed is not None
        )
