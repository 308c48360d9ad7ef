"""Paths into ``content``: how they are written, and how the engines name the field of one.

A path is written with dots (``dc.titles.title``); a dot that belongs to a key is escaped by a backslash
(``https://schema\\.org/name``), as in the Globus Search API. Arrays do not show in a path: they are many values of it.
"""

from __future__ import annotations

from functools import lru_cache

MAX_PATH_CHARACTERS = 1000


def join(keys: tuple[str, ...]) -> str:
    """Write keys as one path; the inverse of ``split``."""
    return ".".join(key.replace("\\", "\\\\").replace(".", "\\.") for key in keys)


@lru_cache(maxsize=20_000)
def split(path: str) -> tuple[str, ...]:
    """Read a path into its keys. A backslash makes the next character plain; one at the end stands for itself."""
    keys, current, characters = [], "", iter(path)
    for character in characters:
        if character == ".":
            keys.append(current)
            current = ""
        elif character == "\\":
            current += next(characters, "\\")
        else:
            current += character
    return (*keys, current)


def normalise(path: str) -> str:
    """One spelling for each path, whichever characters its writer escaped."""
    return path if "\\" not in path else join(split(path))


@lru_cache(maxsize=20_000)
def field(path: str) -> str:
    """The name of the path's field in an engine: letters and digits stay, all else becomes ``_hex_``.

    One-to-one, and free of every sign that an engine's field syntax knows (dots, quotes, blanks, the empty key).
    """
    encoded = "".join(c if c.isascii() and c.isalnum() else f"_{ord(c):x}_" for c in path)
    return encoded or "_"
