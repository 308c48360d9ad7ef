"""What people type: it never fails, and finds what they mean."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.search.forms import simple
from apps.search.forms.limits import MAX_TERMS
from apps.search.types import And, Boosted, Everything, Identified, Or, Phrase, Wildcard


def exactly(text):
    return Boosted(Identified(text), simple.EXACT_FACTOR)


def test_words_are_joined_by_and():
    read = simple.read("Lysozyme  crystals")

    assert read.clause == Or((And((Phrase("Lysozyme"), Phrase("crystals"))), exactly("Lysozyme  crystals")))
    assert read.words == ("lysozyme", "crystals")


def test_words_are_joined_by_or_when_the_query_says_so():
    read = simple.read("lysozyme insulin", simple.Operator.OR)

    assert read.clause.clauses[0] == Or((Phrase("lysozyme"), Phrase("insulin")))


@pytest.mark.parametrize("text", ["", "   ", "*", " ** ", "* *", "\x00\t"])
def test_nothing_and_stars_are_everything(text):
    assert simple.read(text) == simple.Text(Everything())


@pytest.mark.parametrize("text", ["???", ":-)", '"', '""', '"*"', "-", "\ud800"])
def test_signs_alone_find_nothing_but_what_is_named_so(text):
    read = simple.read(text)

    assert isinstance(read.clause, Boosted)
    assert read.words == ()


def test_quotes_make_a_phrase_typographic_ones_too():
    straight, curly = simple.read('"serial crystallography" lyso'), simple.read("“serial crystallography” lyso")

    assert (
        straight.clause.clauses[0] == curly.clause.clauses[0] == And((Phrase("serial crystallography"), Phrase("lyso")))
    )


def test_a_whole_text_in_quotes_is_named_without_them():
    assert simple.read('"My title"').clause == Or((Phrase("My title"), exactly("My title")))


def test_a_quotation_mark_without_a_partner_is_plain():
    assert simple.read('foo "bar baz').clause.clauses[0] == And((Phrase("foo"), Phrase("bar"), Phrase("baz")))


@pytest.mark.parametrize(
    "text",
    ["10.1107/S2059798318-x", "a-b", "/data/2024/run_7.h5", "https://doi.org/10.5/x?y=z", "title:foo", "-foo"],
)
def test_what_is_written_without_a_blank_is_a_phrase_of_its_words(text):
    assert simple.read(text).clause == Or((Phrase(text), exactly(text)))


def test_a_trailing_star_makes_a_prefix_of_the_last_word():
    read = simple.read("Run-Lyso* x")

    assert read.clause.clauses[0] == And((And((Phrase("run"), Wildcard("lyso*"))), Phrase("x")))
    assert read.words == ("run", "x")


@pytest.mark.parametrize("text", ["ly*so", "lyso-*", "*lyso"])
def test_any_other_star_is_plain(text):
    assert simple.read(text).clause.clauses[0] == Phrase(text.rstrip("*"))


def test_a_text_of_very_many_words_is_cut_and_not_refused():
    read = simple.read("word " * (MAX_TERMS + 50))

    assert len(read.clause.clauses[0].clauses) == MAX_TERMS


@settings(deadline=None)
@given(st.text(st.characters()), st.sampled_from(simple.Operator))
def test_it_never_fails(text, operator):
    read = simple.read(text, operator)

    assert "" not in read.words
    assert "\0" not in repr(read.clause)
