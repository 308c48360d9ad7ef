"""Patterns of paths: globs that catch names, and regular expressions. RE2 matches them in linear time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import re2

from apps.triggers.errors import InvalidTrigger

LONGEST = 500
_PIECE = re.compile(
    r"(?P<deep>\*\*/)|(?P<all>\*\*)|(?P<star>\*)|(?P<one>\?)|\{(?P<name>[A-Za-z_]\w{0,30})(?P<int>:int)?\}"
    r"|\[(?P<not>!?)(?P<signs>[^\[\]/]+)\]|(?P<plain>[^*?{}\[\]]+)|(?P<rest>.)",
    re.DOTALL,
)


class Pattern:
    """A pattern of paths below a folder. One without ``/`` fits names, in whatever folder they are."""

    def __init__(self, text: str, *, is_regex: bool = False, place: str = "pattern") -> None:
        """
        Raises:
            InvalidTrigger: it is none.
        """
        if not text or len(text) > LONGEST:
            raise InvalidTrigger(f"A pattern has 1 to {LONGEST} characters. “*” takes every file.", place=place)
        self._is_of_names = "/" not in text and not is_regex
        try:
            self._expression = _compiled(text if is_regex else "".join(_translated(text, place)))
        except re2.error as error:
            raise InvalidTrigger(f"The pattern cannot be read: {_told(error)}.", place=place) from None
        self.names = tuple(self._expression.groupindex)

    def match(self, path: str) -> dict[str, str] | None:
        """What the names in it stand for, if the path fits; parts that were not there are left out."""
        subject = path.rpartition("/")[2] if self._is_of_names else path
        found = self._expression.fullmatch(subject)
        if found is None:
            return None
        return {name: value for name, value in found.groupdict().items() if value is not None}


@lru_cache(maxsize=256)
def pattern_of(text: str, is_regex: bool) -> Pattern:
    """As ``Pattern``, which is costly to make."""
    return Pattern(text, is_regex=is_regex)


def name_marked(marker: str, name: str) -> str | None:
    """The name of the file that a marker of this name says is whole; None if it is no such marker.

    ``marker`` has ``{name}`` in it: ``{name}.done``.
    """
    before, after = marker.split("{name}", 1)
    marked = name[len(before) : len(name) - len(after)]
    return marked if marked and name == f"{before}{marked}{after}" else None


def _compiled(expression: str) -> re2._Regexp:
    options = re2.Options()
    options.log_errors = False
    options.max_mem = 1 << 20
    return re2.compile(expression, options)


def _translated(glob: str, place: str) -> Iterator[str]:
    seen = set[str]()
    for piece in _PIECE.finditer(glob):
        kind = piece.lastgroup
        if piece["name"]:
            if piece["name"] in seen:
                told = f"“{{{piece['name']}}}” stands twice in the pattern. Name the second otherwise."
                raise InvalidTrigger(told, place=place)
            seen.add(piece["name"])
            yield f"(?P<{piece['name']}>{'[0-9]+' if piece['int'] else '[^/]+'})"
        elif piece["signs"]:
            signs = re.sub(r"([\\^\]])", r"\\\1", piece["signs"])
            yield f"[{'^/' if piece['not'] else ''}{signs}]"
        elif kind == "rest":
            sign = piece["rest"]
            told = f"“{sign}” at place {piece.start() + 1} of the pattern has no partner."
            raise InvalidTrigger(f"{told} Write [{sign}] for the sign itself." if sign in "{}" else told, place=place)
        else:
            plain = {"deep": "(?:.*/)?", "all": ".*", "star": "[^/]*", "one": "[^/]"}
            yield plain.get(kind or "") or re2.escape(piece["plain"])


def _told(error: re2.error) -> str:
    told = error.args[0] if error.args else ""
    return told.decode(errors="replace") if isinstance(told, bytes) else str(told)
