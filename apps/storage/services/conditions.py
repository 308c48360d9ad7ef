"""Conditions of requests: what a file has to be like, or must not be like, for them to be done (RFC 9110, 13)."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from apps.common.errors import PreconditionFailed
from apps.storage.types import Entry

ANY = "*"


def etag_of(entry: Entry | None) -> str:
    """How HTTP names the very contents; "" of nothing, and where the storage cannot tell one from another."""
    return f'"{quote(entry.version, safe="")}"' if entry is not None and entry.version else ""


def tags(header: str) -> set[str]:
    return {tag.strip() for tag in header.split(",")}


@dataclass(frozen=True, slots=True)
class Conditions:
    """As they are written in the two headers; "" is none."""

    if_match: str = ""
    if_none_match: str = ""

    def require(self, found: Entry | None) -> None:
        """
        Raises:
            PreconditionFailed: what is there, None if nothing is, does not meet them.
        """
        if self.if_match and not self._is_wanted(found):
            there = "There is no such file" if found is None else "The file is another than If-Match says"
            raise PreconditionFailed(f"{there}. Look at it again.", place="If-Match")
        if self.if_none_match and self._is_refused(found):
            raise PreconditionFailed("There is a file of this name already.", place="If-None-Match")

    def _is_wanted(self, found: Entry | None) -> bool:
        if self.if_match.strip() == ANY:
            return found is not None
        return bool(etag_of(found)) and etag_of(found) in tags(self.if_match)

    def _is_refused(self, found: Entry | None) -> bool:
        if found is None:
            return False
        refused = {tag.removeprefix("W/") for tag in tags(self.if_none_match)}
        return ANY in refused or etag_of(found) in refused
