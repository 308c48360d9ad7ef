"""What the catalogue says of a path decides which of its fields an order looks at."""

from __future__ import annotations

import pytest

from apps.search import services as search
from apps.search.types import Kind, Query, Sort
from tests.search.conftest import entry

pytestmark = pytest.mark.django_db


def lines(index, alice):
    return {line.path: line.sorted_kinds for line in search.catalogue(index=index, actor=alice)}


def test_dates_are_ordered_as_dates_alone_while_all_strings_are_dates(put, index, alice, find):
    put(entry("a", at="2021-01-02T00:00:00+02:00"), entry("b", at="2021-01-01T23:00:00Z"), entry("c", at="2020-05-05"))

    assert lines(index, alice) == {"at": {Kind.DATE}}
    assert find(query=Query(sort=(Sort("at", is_descending=False),))) == ["c", "a", "b"]


def test_words_among_dates_come_behind_them(put, index, alice, find):
    put(entry("a", at="soon"), entry("b", at="2021-01-01"), entry("c"))

    assert lines(index, alice)["at"] == {Kind.DATE, Kind.STRING}
    assert find(query=Query(sort=(Sort("at", is_descending=False),))) == ["b", "a", "c"]
