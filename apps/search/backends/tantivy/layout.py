"""How a view lies in the engine: its fields, and how subjects and values are written in them.

One document a view. Fields of plain words hold what filters without a path ask for; JSON fields hold one key a path
(``paths.field``), typed, so that a path may be of several kinds.
"""

from __future__ import annotations

from tantivy import Index, Schema, SchemaBuilder

from apps.search import analysis
from apps.search.paths import field
from apps.search.types import Kind

VERSION = 2
"""Stands in the directory's name: raise it when a field changes, and what lies there is rebuilt from the database."""

KIND_FIELDS = {Kind.NUMBER: "n", Kind.DATE: "d", Kind.STRING: "k", Kind.BOOLEAN: "b"}
"""The field of each kind, in the order of a sort."""
DATE_STRINGS = "kd"
"""Strings that are dates lie apart from the others, because they sort as the instant that they mean."""
MAX_SLOP = 15
"""So many words may lie between those of a phrase; more lie between two values of an array."""
POINT_SLOTS = 16
"""So many points of a document at one path are kept apart; of more, some share a slot, and may be taken for others."""

_WORDS = ("acl", "required", "levels", "denied", "whole", "sets", "exact", "p", "w", "several")
_TYPED = ("k", "kd", "n", "d", "b", "g", "least", "greatest")


def schema(*, stemmed: bool) -> Schema:
    """The fields.

    ``s`` the subject; ``required`` principals with their level before them, ``levels`` how many there are; ``p`` paths;
    ``w`` words; ``several`` the paths with more than one value, ``least`` and ``greatest`` what they then sort by;
    ``all`` the text; ``t`` the text of a path; ``k kd n d b g`` strings, strings that are dates, numbers, milliseconds,
    booleans, points.
    """
    builder = SchemaBuilder()
    builder.add_text_field("s", tokenizer_name="raw", index_option="basic", stored=True, fast=True)
    for name in _WORDS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("all", tokenizer_name="stemmed" if stemmed else "plain")
    for name in _TYPED:
        builder.add_json_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_json_field("t", tokenizer_name="plain")
    return builder.build()


def make_index(path: str, *, stemmed: bool) -> None:
    """Make an empty store whose files hold documents in the order of subjects, as ``ranking`` reads them."""
    Index(schema(stemmed=stemmed), path, sort_by_field="s")


def open_index(path: str) -> Index:
    """An ``Index`` with its analysers, which the files do not remember."""
    index = Index.open(path)
    index.register_tokenizer("plain", analysis.analyser(stemmed=False))
    index.register_tokenizer("stemmed", analysis.analyser(stemmed=True))
    return index


def sortable(subject: str) -> str:
    """A subject as letters and digits in the same order, safe in the engine's syntax; ``subject_of`` is the inverse."""
    return "x" + subject.encode("utf-8", "surrogatepass").hex()


def subject_of(word: str) -> str:
    return bytes.fromhex(word[1:]).decode("utf-8", "surrogatepass")


def keyword(text: str) -> str:
    """A string as it lies in a JSON field; ``string_of`` is the inverse.

    Without the sign before it the engine takes some strings for its dates, and forgets how they were written.
    """
    return "=" + analysis.encodable(text)


def string_of(word: str) -> str:
    return word[1:]


def point_key(path: str, slot: int, axis: str) -> str:
    """The key of a slot's latitudes (``lat``) or longitudes (``lon``); those of one point share a slot."""
    return f"{slot}{axis}{field(path)}"
