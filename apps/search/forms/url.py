"""The URL grammar: a query string to a ``UrlState``, and that to a ``Request``. The same for the pages and the API.

``q advanced offset limit page sort=path,-path facet=path:size filter.<path>=v cursor fields highlight explain suggest
format bypass_visible_to filter_principal_sets``; the filters stand in ``choices.py``. ``filter-from.<path>`` and
``filter-to.<path>`` are a range in two boxes of a form that works without a script.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qsl

from apps.search import paths
from apps.search.errors import InvalidQuery
from apps.search.forms import bounds
from apps.search.forms.choices import FLAGS, KEYS, Choice, choice
from apps.search.forms.document import WINDOW
from apps.search.forms.limits import (
    MAX_CURSOR_CHARACTERS,
    MAX_FACETS,
    MAX_FIELDS,
    MAX_NAME_CHARACTERS,
    MAX_PARAMETERS,
    MAX_PRINCIPAL_SETS,
    MAX_SORT_KEYS,
    MAX_TEXT_CHARACTERS,
    MAX_WINDOW,
)
from apps.search.forms.problems import Problems
from apps.search.forms.reading import fault_of, nearest
from apps.search.forms.url_state import DEFAULT_LIMIT, FacetAsk, UrlState
from apps.search.types import MAX_BUCKETS, Sort

_UNHEARD = ("result_format_version", "query_template", "resource_type")
_ENDS = ("filter-from", "filter-to")
_WHOLE = re.compile(r"\d{1,9}", re.ASCII)
_ITEM = re.compile(r"(?:\\.|[^,\\])+|\\", re.DOTALL)
_FORMAT = re.compile(r"[\w.+-]{1,40}", re.ASCII)


def parse(query_string: str, *, is_page: bool = False) -> UrlState:
    """Read a query string.

    ``is_page``: parameters that search does not know are kept rather than refused, because links gather them.

    Raises:
        InvalidQuery: with messages by parameter in ``details["messages"]``.
    """
    state, problems = examine(query_string, is_page=is_page)
    problems.check(InvalidQuery)
    return state


def examine(query_string: str, *, is_page: bool = True) -> tuple[UrlState, Problems]:
    """Read a query string as far as it can be read, for a page that shows its messages beside its fields."""
    problems = Problems("query")
    try:
        pairs = parse_qsl(query_string, keep_blank_values=True, max_num_fields=MAX_PARAMETERS)
    except ValueError:
        problems.add((), f"The address has more than {MAX_PARAMETERS} parameters.")
        pairs = []
    return _Reader(pairs, problems).state(is_page=is_page), problems


def path_list(values: Iterable[str], most: int = MAX_FIELDS) -> tuple[str, ...]:
    """The paths of comma-joined lists, each once, as a page's own parameter gives them.

    What names no field, or comes after so many, is left out: what is shown of a record is no filter.
    """
    items = [item for value in values for item in _ITEM.findall(value)]
    named = [item for item in items if item.strip() and not fault_of(item, paths.MAX_PATH_CHARACTERS)]
    return tuple(dict.fromkeys(paths.normalise(item) for item in named))[:most]


class _Reader:
    """Reads the parameters by name; what nobody asked for is left over."""

    def __init__(self, pairs: list[tuple[str, str]], problems: Problems) -> None:
        self._problems = problems
        self._values: dict[str, list[str]] = {}
        for key, value in pairs:
            self._values.setdefault(key, []).append(value)

    def state(self, *, is_page: bool) -> UrlState:
        limit = self._whole("limit", DEFAULT_LIMIT, MAX_WINDOW)
        read: dict[str, Any] = {  # Any: fields of UrlState
            "text": self._text("q", MAX_TEXT_CHARACTERS, is_free=True),
            "is_advanced": self._flag("advanced"),
            "choices": self._choices(),
            "facets": tuple(self._each("facet", MAX_FACETS, _facet)),
            "sort": tuple(self._each("sort", MAX_SORT_KEYS, _sort, is_list=True)),
            "limit": limit,
            "cursor": self._text("cursor", MAX_CURSOR_CHARACTERS),
            "sees_all": self._flag("bypass_visible_to"),
            "principal_sets": tuple(self._each("filter_principal_sets", MAX_PRINCIPAL_SETS, _name, is_list=True)),
            "fields": tuple(self._each("fields", MAX_FIELDS, _path, is_list=True)),
            "highlights": self._flag("highlight"),
            "explains": self._flag("explain"),
            "suggests": self._flag("suggest") | self._flag("did_you_mean"),
            "format": self._text("format", 40),
        }
        read["offset"] = self._offset(limit, has_cursor=bool(read["cursor"]))
        if read["format"] and not _FORMAT.fullmatch(read["format"]):
            self._wrong("format", "must be the name of a format, such as json")
            read["format"] = ""
        return UrlState(**read, others=self._others(is_page=is_page))

    def _wrong(self, key: str, message: str) -> None:
        self._problems.add((key,), message)

    def _last(self, key: str) -> str:
        """Of a parameter that should come once, the last counts, as in Django."""
        return self._values.pop(key, [""])[-1]

    def _text(self, key: str, most: int, *, is_free: bool = False) -> str:
        text = self._last(key)
        fault = fault_of(text.replace("\0", " ") if is_free else text, most)
        if fault:
            self._wrong(key, fault)
        return "" if fault else text

    def _flag(self, key: str) -> bool:
        said = self._last(key)
        if said and said.lower() not in FLAGS:
            self._wrong(key, "must be true or false")
        return FLAGS.get(said.lower(), False)

    def _whole(self, key: str, default: int, high: int, low: int = 0) -> int:
        said = self._last(key)
        if not said:
            return default
        number = int(said) if _WHOLE.fullmatch(said) else -1
        if not low <= number <= high:
            self._wrong(key, f"must be a whole number from {low} to {high}")
            return default
        return number

    def _offset(self, limit: int, *, has_cursor: bool) -> int:
        page, offset = self._whole("page", 0, MAX_WINDOW, 1), self._whole("offset", 0, MAX_WINDOW)
        if page and offset:
            self._wrong("page", "Give either page or offset.")
        key, offset = ("page", (page - 1) * limit) if page else ("offset", offset)
        if offset + limit > MAX_WINDOW and not has_cursor:
            self._wrong(key, WINDOW)
            return 0
        return offset

    def _each(self, key: str, most: int, read: Callable[[str], Any], *, is_list: bool = False) -> list[Any]:
        """Each value, read; blank ones (an empty box of a form) are none. ``is_list``: commas part values too."""
        values = self._values.pop(key, [])
        items = [item for value in values for item in (_ITEM.findall(value) if is_list else [value]) if item.strip()]
        if len(items) > most:
            self._wrong(key, f"may hold at most {most} values")
            return []
        found = []
        for item in items:
            try:
                found.append(read(item))
            except bounds.BadBound as error:
                self._wrong(key, str(error))
        return found

    def _choices(self) -> tuple[Choice, ...]:
        found: dict[Choice, None] = {}  # each once, in order
        for key in [key for key in self._values if key.partition(".")[0] in KEYS]:
            for value in self._values.pop(key):
                self._choose(found, key, value)
        for path, (low, high) in self._ends().items():
            if low.strip() or high.strip():
                self._choose(found, f"filter-range.{path}", Choice.of_range(path, low, high).value)
        return tuple(found)

    def _choose(self, found: dict[Choice, None], key: str, value: str) -> None:
        try:
            made = choice(key, value)
        except bounds.BadBound as error:
            self._wrong(key, str(error))
        else:
            if made is None:
                self._wrong(key, f"Write the field after a dot: {key}.field")
            else:
                found[made] = None

    def _ends(self) -> dict[str, tuple[str, str]]:
        keys = [key for key in self._values if key.partition(".")[0] in _ENDS]
        found = {key.partition(".")[2]: ("", "") for key in keys}
        return {path: (self._last(f"filter-from.{path}"), self._last(f"filter-to.{path}")) for path in found}

    def _others(self, *, is_page: bool) -> tuple[tuple[str, str], ...]:
        for key in _UNHEARD:
            self._values.pop(key, None)
        rest = [(key, value) for key, values in self._values.items() for value in values]
        if not is_page:
            for key in self._values:
                self._wrong(key, f"This parameter is not known.{nearest(key, _KNOWN)}")
        return tuple(rest) if is_page else ()


_NAMES = (
    "q advanced offset limit page sort facet cursor fields highlight explain suggest format bypass_visible_to "
    "filter_principal_sets"
)
_KNOWN = (*_NAMES.split(), *(f"{key}." for key in (*KEYS, *_ENDS)))


def _path(text: str) -> str:
    fault = fault_of(text, paths.MAX_PATH_CHARACTERS)
    if fault or not text:
        raise bounds.BadBound(fault or "must name a field")
    return paths.normalise(text)


def _name(text: str) -> str:
    if fault := fault_of(text, MAX_NAME_CHARACTERS):
        raise bounds.BadBound(fault)
    return text


def _sort(text: str) -> Sort:
    return Sort(_path(text.removeprefix("-")), is_descending=text.startswith("-"))


def _facet(text: str) -> FacetAsk:
    path, colon, size = text.rpartition(":")
    if not colon or not _WHOLE.fullmatch(size):
        return FacetAsk(_path(text))
    if not 1 <= int(size) <= MAX_BUCKETS:
        raise bounds.BadBound(f"a facet's size must be a whole number from 1 to {MAX_BUCKETS}")
    return FacetAsk(_path(path), int(size))
