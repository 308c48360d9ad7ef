"""An accented letter is the same letter however it was typed: as one character (NFC) or as two (NFD)."""

from __future__ import annotations

from unicodedata import normalize

import pytest

from apps.search import services as search
from apps.search.forms import document
from tests.search.conftest import entry

pytestmark = pytest.mark.django_db
SPELLINGS = [normalize("NFC", "Ångström"), normalize("NFD", "Ångström")]


@pytest.mark.parametrize("written", SPELLINGS)
@pytest.mark.parametrize("asked", SPELLINGS)
def test_both_spellings_find_both(put, find, written, asked):
    put(entry("a", unit=written, other="x"), entry("b", unit="nm"))
    filters = [{"type": "match_any", "field_name": "unit", "values": [asked]}]

    assert find(query=document.search({"q": asked}).query) == ["a"]
    assert find(query=document.search({"q": "*", "filters": filters}).query) == ["a"]


def test_the_record_itself_is_kept_as_it_was_written(put, index, alice):
    put(entry("a", unit=SPELLINGS[1]))

    assert search.record(index=index, subject="a", actor=alice).entries[0].content == {"unit": SPELLINGS[1]}
