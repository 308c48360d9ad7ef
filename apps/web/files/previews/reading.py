"""How a file begins, and as which text that reads."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from apps.storage.services.files import OpenCollection
from apps.storage.types import Entry
from apps.web.values import size

MOST = 64 * 1024
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\f\r\x1b"))


@dataclass(frozen=True, slots=True)
class Beginning:
    data: bytes
    size: int

    def cut(self) -> Beginning:
        """As much of it as is shown as text."""
        return Beginning(self.data[:MOST], self.size)

    @property
    def is_whole(self) -> bool:
        return len(self.data) >= self.size

    def note(self, *more: str) -> str:
        """How much of the file this is."""
        part = "" if self.is_whole else f"The first {size(len(self.data))} of {size(self.size)}."
        return " ".join(filter(None, [part, *more]))


@dataclass(frozen=True, slots=True)
class Decoded:
    text: str
    note: str = ""


def beginning(files: OpenCollection, entry: Entry, *, most: int = MOST) -> Beginning:
    """
    Raises:
        AccessDenied, Changed, StorageAway.
    """
    data = b"".join(files.read(entry, length=min(entry.size, most)))
    return Beginning(data, entry.size)


def decoded(read: Beginning) -> Decoded | None:
    """The text, and the encoding if it is not UTF-8; None if it is none.

    A sign that is cut in two at the end is left out.
    """
    for mark, encoding in _MARKS:
        if read.data.startswith(mark):
            text = _strictly(read.data[len(mark) :], encoding, is_whole=read.is_whole)
            return None if text is None else Decoded(text, "" if encoding == "utf-8" else "The text is UTF-16.")
    if any(sign in _CONTROLS for sign in read.data):
        return None
    text = _strictly(read.data, "utf-8", is_whole=read.is_whole)
    if text is not None:
        return Decoded(text)
    return Decoded(read.data.decode("cp1252", errors="replace"), "The text is not UTF-8; it is read as Windows-1252.")


def _strictly(data: bytes, encoding: str, *, is_whole: bool) -> str | None:
    try:
        return codecs.getincrementaldecoder(encoding)().decode(data, final=is_whole)
    except UnicodeDecodeError:
        return None
