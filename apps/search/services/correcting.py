"""Did you mean: words of records that the caller sees, nearest to those that were typed.

Candidates come from the caller's own hits of a fuzzy search, never from an engine's dictionary of all words: that one
would tell words of hidden records.
"""

from __future__ import annotations

from collections import Counter

from apps.common import quick_json
from apps.search.analysis import words
from apps.search.models import Entry, Index
from apps.search.projection import leaves
from apps.search.services.asking import ask
from apps.search.types import Audience, Fuzzy, Phrase, Query

MOST_WORDS = 8
MOST_HITS = 20
SHORTEST = 3


def did_you_mean(index: Index, query: Query, audience: Audience) -> str:
    """The words of the query with the unknown ones replaced, or "" when there is nothing better."""
    typed = query.words[:MOST_WORDS]
    better = [_better(index, word, audience) for word in typed]
    return " ".join(better) if list(typed) != better else ""


def _better(index: Index, word: str, audience: Audience) -> str:
    [folded] = words(word)[:1] or [""]
    if len(folded) < SHORTEST or ask(index, Query(text=Phrase(word), limit=0), audience).total:
        return word
    distance = 1 if len(folded) < 6 else 2
    near = ask(index, Query(text=Fuzzy(folded, distance), limit=MOST_HITS, counts_total=False), audience).hits
    known = _words_of(index, [hit.subject for hit in near], audience)
    ranked = sorted((_edits(folded, other), -times, other) for other, times in known.items() if other[0] == folded[0])
    return ranked[0][2] if ranked and ranked[0][0] <= distance else word


def _words_of(index: Index, subjects: list[str], audience: Audience) -> Counter[str]:
    known: Counter[str] = Counter()
    for text, visible_to in Entry.objects.filter(index=index, subject__in=subjects).values_list(
        "content_text", "visible_to"
    ):
        if audience.sees(visible_to):
            known.update(set(words("\n".join(leaves(quick_json.loads(text)).texts))))
    return known


def _edits(a: str, b: str) -> int:
    """How many letters to add, drop, change or swap with their neighbour (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, last, row = row, before, [i] + [0] * len(b)
        for j, y in enumerate(b, 1):
            row[j] = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                row[j] = min(row[j], last[j - 2] + 1)
    return row[-1]
