"""How a store lies in OpenSearch.

======== ================================================================================================
field    holds
======== ================================================================================================
s        the subject
acl      who sees the view, where it is its subject's only one
r1…r10   the sets that a caller must meet; ``levels`` how many they are; ``denied`` whom the caller must not be
whole    true: the view of all entries
sets     tokens of ``principal_sets``;  ``exact`` folded identifiers and titles;  ``p`` paths;  ``w`` folded words
all      the texts, stemmed if the store is
k t      strings by path: as they are, and their words (copied by the engine, unless too long for ``k``)
n d b g  numbers (double), instants (long: exact, also before 1970), booleans and points by path
======== ================================================================================================

Mappings are explicit. Dynamic ones cost a cluster state update a path and break down at some hundred new paths;
here each batch puts all of its new paths at once (``fields.Fields``).
"""

from __future__ import annotations

from apps.search import paths
from apps.search.backends.opensearch.connection import Json
from apps.search.types import Kind, Store

MAX_LEVELS = 10
MAX_WINDOW = 100_000
"""How far the engine counts off hits by itself; what lies behind is walked to, ``MAX_STRIDE`` hits a step."""
MAX_STRIDE = 10_000
MAX_WORD_CHARACTERS = 255
VALUE_GAP = 1000
"""Positions between two values of a text, so that no phrase reaches from one into the next."""

_KEYWORD = {"type": "keyword"}
_TERMS = {"type": "keyword", "doc_values": False, "ignore_above": 8191}  # More might pass Lucene's 32,766 bytes a term.
_WORDS = {"type": "text", "analyzer": "plain", "norms": False, "position_increment_gap": VALUE_GAP}

LETTERS = {Kind.NUMBER: "n", Kind.DATE: "d", Kind.STRING: "k", Kind.BOOLEAN: "b", Kind.POINT: "g"}
_TYPES: dict[str, Json] = {
    "k": _KEYWORD,
    "t": _WORDS,
    "n": {"type": "double"},
    "d": {"type": "long"},
    "b": {"type": "boolean"},
    "g": {"type": "geo_point", "ignore_malformed": True},
}


def field(kind: Kind, path: str) -> str:
    """The field that holds the path's values of a kind."""
    return f"{LETTERS[kind]}.{paths.field(path)}"


def text_field(path: str) -> str:
    """The field that holds the words of the path's strings."""
    return f"t.{paths.field(path)}"


def unmapped_type(kind: Kind) -> str:
    return str(_TYPES[LETTERS[kind]]["type"])


def mapping_of(names: set[str]) -> Json:
    """The mapping of these fields, written ``letter.name``; ``k`` brings its ``t``."""
    properties: dict[str, dict[str, Json]] = {}
    for name in sorted(names):
        letter, _, leaf = name.partition(".")
        properties.setdefault(letter, {})[leaf] = _TYPES[letter]
        if letter == "k":
            properties["k"][leaf] = {**_KEYWORD, "copy_to": f"t.{leaf}"}
            properties.setdefault("t", {})[leaf] = _WORDS
    return {"properties": {letter: {"properties": leaves} for letter, leaves in properties.items()}}


def index_of(store: Store, *, shards: int, replicas: int, field_limit: int, writing_alias: str) -> Json:
    """The body that creates the store's index."""
    return {
        "settings": {
            "index": {
                "number_of_shards": shards,
                "number_of_replicas": replicas,
                "refresh_interval": -1,  # Writers refresh; until then no reader sees half of what they write.
                "gc_deletes": "1h",  # So long a late, older write cannot bring back what was deleted.
                "max_result_window": MAX_WINDOW,
                "mapping.total_fields.limit": field_limit,
            },
            "analysis": {
                "tokenizer": {"words": {"type": "pattern", "pattern": r"[^\p{L}\p{N}]+"}},
                "filter": {
                    "short": {"type": "length", "max": MAX_WORD_CHARACTERS},
                    "stems": {"type": "stemmer", "language": "porter2"},
                },
                "analyzer": {
                    "plain": _analyser(),
                    "stemmed": _analyser("stems"),
                },
            },
        },
        "aliases": {writing_alias: {}},
        "mappings": {
            "dynamic": False,
            "_source": {"enabled": False},
            "properties": {
                "s": _KEYWORD,
                "acl": _TERMS,
                **{f"r{level}": _TERMS for level in range(1, MAX_LEVELS + 1)},
                "levels": {"type": "byte", "doc_values": False},
                "denied": _TERMS,
                "whole": {"type": "boolean", "doc_values": False},
                "sets": _TERMS,
                "exact": _TERMS,
                "p": _TERMS,
                "w": _KEYWORD,
                "all": {
                    "type": "text",
                    "analyzer": "stemmed" if store.is_stemmed else "plain",
                    "position_increment_gap": VALUE_GAP,
                },
                **{letter: {"type": "object", "dynamic": False} for letter in _TYPES},
            },
        },
    }


def _analyser(*more: str) -> Json:
    return {"type": "custom", "tokenizer": "words", "filter": ["short", "lowercase", "asciifolding", *more]}
