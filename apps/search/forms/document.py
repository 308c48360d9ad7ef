"""Query documents to a ``Request``: searches of both versions, scrolls, and deletions by query.

Version 2017-09-01 (or none) has ``post_filter``; ``query#1.0.0`` has ``post_facet_filters``, ``q_settings`` and
``additional_filters``. Our own keys (``cursor fields highlight explain suggest``) go with both. Keys that are not known
are refused, because a filter that is not heard shows, or deletes, too much.
"""

from __future__ import annotations

from apps.search.errors import InvalidQuery
from apps.search.forms import advanced, simple
from apps.search.forms.facets import FacetReader
from apps.search.forms.filters import FilterReader
from apps.search.forms.limits import (
    MAX_BOOST,
    MAX_BOOSTS,
    MAX_CURSOR_CHARACTERS,
    MAX_FIELDS,
    MAX_PRINCIPAL_SETS,
    MAX_SORT_KEYS,
    MAX_TEXT_CHARACTERS,
    MAX_WINDOW,
)
from apps.search.forms.problems import Problems
from apps.search.forms.reading import Fields, Value
from apps.search.types import Boost, Clause, Query, Request, Sort

OLD, NEW = "2017-09-01", "query#1.0.0"
SCROLL, DELETE = "scroll#1.0.0", "delete_by_query#1.0.0"

WINDOW = (
    f"offset + limit must be at most {MAX_WINDOW}. "
    "To go further, send the `cursor` that the last answer ended with, or scroll."
)
_UNHEARD = ("result_format_version", "query_template", "resource_type")
"""Keys of older clients that change nothing here."""

_NEW_ONLY = dict.fromkeys(("post_facet_filters", "q_settings"), f'This key belongs to "@version": "{NEW}".')


def search(raw: object) -> Request:
    """Read the body of a search.

    Raises:
        InvalidQuery: with all that is wrong, by place, in ``details["messages"]``.
    """
    asked = _Document(raw, (OLD, NEW))
    request = asked.search()
    asked.check()
    return request


def scroll(raw: object) -> Request:
    """Read the body of a scroll: all matches by subject, page after page; ``cursor`` is the ``marker``.

    Raises as ``search`` does.
    """
    asked = _Document(raw, (OLD, NEW, SCROLL))
    request = asked.scroll()
    asked.check()
    return request


def deletion(raw: object) -> Request:
    """Read the body of a deletion by query. It must say what to delete; a blank ``q`` does not, ``"*"`` does.

    Raises as ``search`` does.
    """
    asked = _Document(raw, (OLD, NEW, DELETE))
    request = asked.deletion()
    asked.check()
    return request


class _Document:
    """One document while it is read."""

    def __init__(self, raw: object, versions: tuple[str, ...]) -> None:
        self._problems = Problems()
        self._asked = Value(raw, (), self._problems).required().fields()
        self._version = self._asked["@version"].choice(versions, OLD)
        self._is_old = self._version == OLD
        self._filters = FilterReader(is_old=self._is_old)

    def check(self) -> None:
        self._problems.check(InvalidQuery)

    def search(self) -> Request:
        asked = self._asked
        text = self._text()
        filters, post = self._narrowing()
        facets = FacetReader(self._filters, is_old=self._is_old).facets(asked["facets"])
        cursor = asked["cursor"].text(most=MAX_CURSOR_CHARACTERS)
        limit, offset = asked["limit"].whole(0, MAX_WINDOW, 10), asked["offset"].whole(0, MAX_WINDOW, 0)
        if offset + limit > MAX_WINDOW and not cursor:
            asked["offset"].wrong(WINDOW)
        query = Query(
            text=text.clause,
            words=text.words,
            filters=filters,
            post_filters=post,
            facets=tuple(facet for facet, _ in facets),
            boosts=self._boosts(),
            sort=self._sort(),
            offset=offset,
            limit=limit,
            explains=asked["explain"].flag(),
        )
        request = Request(
            query=query,
            shapes=tuple(shape for _, shape in facets),
            sees_all=asked["bypass_visible_to"].flag(),
            principal_sets=self._principal_sets(),
            fields=tuple(each.required().path() for each in asked["fields"].items(MAX_FIELDS)),
            highlights=asked["highlight"].flag(),
            suggests=asked["suggest"].flag() | asked["did_you_mean"].flag(),
            cursor=cursor,
            version=self._version,
        )
        self._close(*_UNHEARD)
        return request

    def scroll(self) -> Request:
        text = self._text()
        filters, post = self._narrowing()
        limit = self._asked["limit"].whole(1, MAX_WINDOW, 10)
        request = Request(
            query=Query(text=text.clause, words=text.words, filters=filters + post, by_subject=True, limit=limit),
            sees_all=self._asked["bypass_visible_to"].flag(),
            principal_sets=self._principal_sets(),
            fields=tuple(each.required().path() for each in self._asked["fields"].items(MAX_FIELDS)),
            cursor=self._asked["marker"].text(most=MAX_CURSOR_CHARACTERS),
            version=self._version,
        )
        self._close(*_UNHEARD)
        return request

    def deletion(self) -> Request:
        text, q = self._text(), self._asked["q"]
        filters, post = self._narrowing()
        if isinstance(q.raw, str) and not simple.clean(q.raw) and not filters + post:
            q.wrong('Say what to delete: "*" is everything.')
        query = Query(text=text.clause, words=text.words, filters=filters + post, by_subject=True)
        unheard = ("limit", "offset", "facets", "boosts", "sort", *_UNHEARD) if self._version != DELETE else ()
        self._close(*unheard)
        return Request(query=query, version=self._version)

    def _close(self, *unheard: str) -> None:
        self._asked.refuse_others(*unheard, hints=_NEW_ONLY if self._version == OLD else None)

    def _text(self) -> simple.Text:
        asked, q = self._asked, self._asked["q"]
        if q.is_given and not isinstance(q.raw, str):
            q.wrong("must be a text")
        text = q.raw if isinstance(q.raw, str) else ""
        if len(text) > MAX_TEXT_CHARACTERS:
            q.wrong(f"must be at most {MAX_TEXT_CHARACTERS} characters long")
            text = ""
        if not (q.is_given or asked.raw.get("filters") or asked.raw.get("post_facet_filters")):
            q.wrong('Give "q" ("*" is everything) or "filters".')
        is_advanced, operator = self._mode()
        try:
            return (advanced.read if is_advanced else simple.read)(text, operator)
        except InvalidQuery as error:
            q.wrong(error.message)
            return simple.Text(Query().text)

    def _mode(self) -> tuple[bool, simple.Operator]:
        is_advanced = self._asked["advanced"]
        if self._is_old:
            return is_advanced.flag(), simple.Operator.AND
        settings = self._asked["q_settings"]
        if settings.is_given and is_advanced.is_given:
            is_advanced.wrong('Give either "advanced" or "q_settings".')
        chosen = settings.fields()
        mode = chosen["mode"].choice(("query_string", "advanced_query_string"), "query_string")
        operator = chosen["default_operator"].choice([each.value for each in simple.Operator], simple.Operator.AND)
        chosen.refuse_others()
        return is_advanced.flag() or mode != "query_string", simple.Operator(operator)

    def _narrowing(self) -> tuple[tuple[Clause, ...], tuple[Clause, ...]]:
        """The clauses that facets count under, and those that narrow the hits alone."""
        found = self._filters.filters(self._asked["filters"])
        before = tuple(each.clause for each in found if not each.is_post)
        post = tuple(each.clause for each in found if each.is_post)
        if self._version == NEW:
            post += self._filters.clauses(self._asked["post_facet_filters"])
        return before, post

    def _principal_sets(self) -> tuple[str, ...]:
        names = self._asked["filter_principal_sets"].items(MAX_PRINCIPAL_SETS)
        return tuple(each.required().text(least=1) for each in names)

    def _sort(self) -> tuple[Sort, ...]:
        return tuple(_sort(each.required().fields()) for each in self._asked["sort"].items(MAX_SORT_KEYS))

    def _boosts(self) -> tuple[Boost, ...]:
        return tuple(_boost(each.required().fields()) for each in self._asked["boosts"].items(MAX_BOOSTS))


def _sort(asked: Fields) -> Sort:
    path = asked["field_name"].required().path()
    order = asked["order"].choice(("asc", "desc"), "desc")
    asked.refuse_others()
    return Sort(path, is_descending=order == "desc")


def _boost(asked: Fields) -> Boost:
    path = asked["field_name"].required().path()
    factor = asked["factor"].required().number(0, MAX_BOOST)
    if factor == 0:
        asked["factor"].wrong("must be above 0")
    asked.refuse_others()
    return Boost(path, factor or 1.0)
