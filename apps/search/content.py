"""What an answer shows of a content: chosen fields, and where the words of the query stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from apps.search import analysis, paths
from apps.search.types import Highlight

_WORD = re.compile(r"[^\W_]+")
SNIPPET_CHARACTERS = 200
MOST_SNIPPETS = 3
MOST_CHARACTERS = 200_000


def project(content: dict[str, Any], fields: Sequence[str]) -> dict[str, Any]:
    """The content with these paths alone, and what lies beneath them; whole without any."""
    if not fields:
        return content
    wanted: dict[str, Any] = {}
    for path in fields:
        place = wanted
        for key in paths.split(path):
            place = place.setdefault(key, {})
    kept = _keep(content, wanted)
    return kept if isinstance(kept, dict) else {}


def _keep(value: Any, wanted: dict[str, Any]) -> Any:
    if not wanted:
        return value
    if isinstance(value, list):
        return [item for item in (_keep(each, wanted) for each in value) if item is not None]
    if not isinstance(value, dict):
        return None
    kept = {key: _keep(value[key], inner) for key, inner in wanted.items() if key in value}
    return {key: item for key, item in kept.items() if item is not None} or None


def highlights(contents: Sequence[dict[str, Any]], words: frozenset[str]) -> Iterator[Highlight]:
    """Up to three pieces of text in which the words, or others of the same stem, stand."""
    stems = frozenset(_stem(word) for word in words)
    found, read = 0, 0
    for content in contents:
        for keys, text in _texts((), content):
            read += len(text)
            if found == MOST_SNIPPETS or read > MOST_CHARACTERS:
                return
            marks = [match.span() for match in _WORD.finditer(text) if _stem(match.group()) in stems]
            if marks:
                found += 1
                yield _snippet(paths.join(keys), text, marks)


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    return "".join(analysis.stems(word))


def _texts(keys: tuple[str, ...], value: Any) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(value, str):
        yield keys, value
    elif isinstance(value, list):
        for item in value:
            yield from _texts(keys, item)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts((*keys, key), item)


def _snippet(path: str, text: str, marks: list[tuple[int, int]]) -> Highlight:
    begin = max(0, marks[0][0] - SNIPPET_CHARACTERS // 3)
    if begin:
        blank = text.find(" ", begin, marks[0][0])
        begin = blank + 1 if blank >= 0 else begin
    end = min(len(text), begin + SNIPPET_CHARACTERS)
    inside = tuple((start - begin, stop - begin) for start, stop in marks if stop <= end)
    return Highlight(path, text[begin:end], inside)
