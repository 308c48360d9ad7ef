"""Which look into a file there is, by its name and by how it begins."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass
from typing import Literal

from apps.storage.services.files import OpenCollection
from apps.storage.services.serving import SHOWN
from apps.storage.types import Entry
from apps.web.files.previews import document, tables, tree
from apps.web.files.previews.reading import Beginning, beginning, decoded
from apps.web.files.previews.tables import Table
from apps.web.files.previews.tree import Node
from apps.web.values import size

MOST_PICTURE_BYTES = 50_000_000
"""What a browser on a phone can still show."""
_DELIMITERS = {"csv": "", "tsv": "\t", "tab": "\t"}
Shape = Literal["none", "picture", "pdf", "text", "table", "tree"]


@dataclass(frozen=True, slots=True)
class Preview:
    """``note`` says what of the file is shown, or why nothing is."""

    shape: Shape
    note: str = ""
    text: str = ""
    table: Table | None = None
    tree: tuple[Node, ...] = ()


def preview(files: OpenCollection, entry: Entry) -> Preview:
    """
    Raises:
        PortalError: the file cannot be read, or only not be looked into.
    """
    if not entry.is_file:
        return Preview("none", "This is no file that can be read." if not entry.target else "Links are not followed.")
    if entry.size == 0:
        return Preview("none", "The file is empty.")
    guessed = mimetypes.guess_type(entry.path.name)[0] or ""
    if guessed.startswith("image/") and guessed in SHOWN:
        return _picture(entry)
    if guessed == "application/pdf":
        return Preview("pdf", "Browsers show PDF files by themselves, and here in a page of its own.")
    if is_tree(entry):
        return _tree(files, entry)
    suffix = _suffix(entry)
    if suffix in document.SUFFIXES:
        return _json(beginning(files, entry, most=document.MOST))
    if suffix in _DELIMITERS:
        return _table(beginning(files, entry), delimiter=_DELIMITERS[suffix])
    return _text(beginning(files, entry))


def is_tree(entry: Entry) -> bool:
    return _suffix(entry) in tree.SUFFIXES


def _suffix(entry: Entry) -> str:
    return entry.path.name.rpartition(".")[2].lower()


def _picture(entry: Entry) -> Preview:
    if entry.size > MOST_PICTURE_BYTES:
        return Preview("none", f"Pictures of more than {size(MOST_PICTURE_BYTES)} are not shown. Download it.")
    return Preview("picture")


def _tree(files: OpenCollection, entry: Entry) -> Preview:
    seen = tree.look(files, entry)
    return Preview("tree", seen.note, tree=seen.nodes)


def _text(read: Beginning) -> Preview:
    shown = decoded(read)
    if shown is None:
        return Preview("none", "There is no preview of this kind of file. Download it.")
    return Preview("text", read.note(shown.note), text=shown.text)


def _table(read: Beginning, *, delimiter: str) -> Preview:
    shown = decoded(read)
    table = tables.table(shown.text, delimiter=delimiter, is_whole=read.is_whole) if shown else None
    if shown is None or table is None:
        return _text(read)
    return Preview("table", " ".join(filter(None, [table.note, shown.note])), table=table)


def _json(read: Beginning) -> Preview:
    shown = document.indented(read.data) if read.is_whole else None
    return Preview("text", shown.note, text=shown.text) if shown else _text(read.cut())
