"""Records for tests: the views of a subject, made the obvious way and apart from the product's own making of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Any

from apps.search import analysis, dates, paths
from apps.search.types import PUBLIC, Audience, SubjectViews, ViewDocument

Content = dict[str, Any]

ALICE = "urn:globus:auth:identity:00000000-0000-4000-8000-00000000000a"
BOB = "urn:globus:auth:identity:00000000-0000-4000-8000-00000000000b"
CHARLIE = "urn:globus:auth:identity:00000000-0000-4000-8000-00000000000c"
GROUP = "urn:globus:groups:id:00000000-0000-4000-8000-0000000000aa"


def audience(*principals: str) -> Audience:
    """Someone who is logged in as these; ``public`` is everybody."""
    return Audience(frozenset({PUBLIC, *principals}))


NOBODY = audience()


def leaves(content: Any, keys: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """The values of a content with their keys. A tuple is a point, (latitude, longitude)."""
    if isinstance(content, dict):
        for key, value in content.items():
            yield from leaves(value, (*keys, key))
    elif isinstance(content, list):
        for value in content:
            yield from leaves(value, keys)
    elif content is not None:
        yield keys, content


def view(subject: str, *contents: Content, exact: Iterable[str] = (), **rest: Any) -> ViewDocument:
    """One view that holds these contents. Without ``acl`` or ``required`` it is public."""
    if "required" not in rest:
        rest.setdefault("acl", (PUBLIC,))
    typed: dict[str, dict[str, list[Any]]] = {kind: {} for kind in _FIELDS.values()} | {"dates": {}}
    known: set[str] = set()
    for keys, value in (leaf for content in contents for leaf in leaves(content)):
        path = paths.join(keys)
        typed[_FIELDS[type(value)]].setdefault(path, []).append(value)
        if isinstance(value, str) and (instant := dates.instant(value)) is not None:
            typed["dates"].setdefault(path, []).append(instant)
        known |= {paths.join(keys[:length]) for length in range(1, len(keys) + 1)}
    texts = [text for values in typed["strings"].values() for text in values]
    names = (subject, subject.rsplit("/", 1)[-1], *exact)
    return ViewDocument(
        subject=subject,
        number=rest.pop("number", 0),
        exact=tuple(sorted({analysis.fold(name) for name in names})),
        paths=tuple(sorted(known)),
        texts=tuple(texts),
        words=tuple(sorted({word for text in texts for word in analysis.words(text)})),
        **typed,
        **rest,
    )


_FIELDS: dict[type, str] = {str: "strings", float: "numbers", int: "numbers", bool: "booleans", tuple: "points"}


def record(subject: str, content: Content, visible_to: Iterable[str] = (PUBLIC,), **rest: Any) -> SubjectViews:
    """A subject with one entry."""
    return SubjectViews(subject, (view(subject, content, acl=tuple(visible_to), **rest),))


def gone(subject: str, stale: int = 1) -> SubjectViews:
    """A subject that is no more."""
    return SubjectViews(subject, (), stale=stale)


def shared(subject: str, *entries: tuple[Sequence[str], Content], **rest: Any) -> SubjectViews:
    """A subject with several entries, each ``(visible_to, content)``: a view for each set that one may see together."""
    views: list[ViewDocument] = []
    for size in range(1, len(entries) + 1):
        for seen in combinations(range(len(entries)), size):
            required = {tuple(sorted(entries[i][0])) for i in seen}
            denied = {principal for i in range(len(entries)) if i not in seen for principal in entries[i][0]}
            if any(denied.issuperset(visible_to) for visible_to in required):
                continue  # Who sees this much sees more.
            views.append(
                view(
                    subject,
                    *(entries[i][1] for i in seen),
                    number=len(views),
                    required=tuple(sorted(required)),
                    denied=tuple(sorted(denied)),
                    is_whole=size == len(entries),
                    **rest,
                )
            )
    return SubjectViews(subject, tuple(views), stale=8)
