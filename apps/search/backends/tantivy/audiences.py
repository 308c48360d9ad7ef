"""What each question is narrowed by, whatever it asks: who sees a view.

Of hundreds of principals most show nothing new: views that name them lie within those of a wider group, or are not in
the store at all. Each that is looked up costs every question, so those that change nothing are left out. What they
are is worked out once for each state of the store and each audience.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tantivy import Occur
from tantivy import Query as Engine

from apps.search.backends.tantivy.clauses import Compiled, all_of, any_of, unscored
from apps.search.backends.tantivy.stores import Reader
from apps.search.types import Audience, Store

FEW = (4, 16, 64)
"""So many principals are tried in the place of all. A try costs what one question with all of them would."""


def seen_by(reader: Reader, store: Store, audience: Audience) -> Compiled:
    """The views that the audience sees in this state of the store."""
    key = ("seen by", store.depth, audience.principals)
    return reader.kept.get(key, lambda: unscored(_seen_by(reader, store, audience)))


def _seen_by(reader: Reader, store: Store, audience: Audience) -> Compiled:
    """A view names how many sets it requires. Only views that name the very number are asked for so many sets, so that
    none can match because a set is not there.
    """
    if audience.principals is None:
        return _term(reader, "whole", "1")
    simple = _any_word(reader, "acl", audience.principals)
    if store.depth == 0:
        return simple
    met = _met(reader, audience.principals, 1, store.depth)
    denied = _any_word(reader, "denied", audience.principals)
    if _has_any(reader, all_of([met, denied])):
        met = Engine.boolean_query([(Occur.Must, met), (Occur.MustNot, denied)])
    return any_of([simple, met])


def _met(reader: Reader, principals: frozenset[str], level: int, depth: int) -> Compiled:
    """Views of so many levels or more, each level of which holds a principal."""
    here = _any_word(reader, "required", (f"{level - 1}\0{principal}" for principal in principals))
    last = _term(reader, "levels", str(level))
    if level == depth:
        return all_of([last, here])
    return all_of([here, any_of([last, _met(reader, principals, level + 1, depth)])])


def _any_word(reader: Reader, name: str, words: Iterable[str]) -> Compiled:
    """One query a word. A set of terms takes longer for some hundred words: it builds an automaton."""
    return any_of([_term(reader, name, word) for word in _fewest(reader, name, words)])


def _fewest(reader: Reader, name: str, words: Iterable[str]) -> Sequence[str]:
    """Some of these words, which are in the same documents of this state as all of them."""
    counted = sorted(((reader.searcher.doc_freq(name, word), word) for word in words), reverse=True)
    known = [word for count, word in counted if count]
    for size in FEW:
        if len(known) <= size:
            break
        some, others = ([_term(reader, name, word) for word in part] for part in (known[:size], known[size:]))
        beyond = Engine.boolean_query([(Occur.Must, any_of(others)), (Occur.MustNot, any_of(some))])
        if not _has_any(reader, beyond):
            return known[:size]
    return known


def _has_any(reader: Reader, query: Compiled) -> bool:
    return bool(reader.searcher.search(unscored(query), 1, count=False).hits)


def _term(reader: Reader, name: str, word: str) -> Compiled:
    return Engine.term_query(reader.schema, name, word, "basic")
