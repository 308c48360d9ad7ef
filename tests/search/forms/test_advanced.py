"""Lucene syntax, into the same clauses as everything else."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.search.errors import InvalidQuery
from apps.search.forms import advanced
from apps.search.forms.simple import Operator
from apps.search.types import (
    And,
    Boosted,
    Everything,
    Exists,
    Fuzzy,
    Kind,
    Like,
    Match,
    Not,
    Nothing,
    Or,
    Phrase,
    Range,
    Wildcard,
)

A, B, C = Phrase("a"), Phrase("b"), Phrase("c")
APRIL = (1617235200000, 1619827199999)


def read(text):
    return advanced.read(text).clause


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("a b", And((A, B))),
        ("a OR b", Or((A, B))),
        ("a b OR c", And((A, Or((B, C))))),
        ("a AND (b OR c)", And((A, Or((B, C))))),
        ("a NOT b", And((A, Not(B)))),
        ("+a -b", And((A, Not(B)))),
        ('"a b"', Phrase("a b")),
        ('"a b"~3', Phrase("a b", slop=3)),
        ("a^2.5", Boosted(A, 2.5)),
        ("(a b)^2", Boosted(And((A, B)), 2)),
        ("lyso*", Wildcard("lyso*")),
        ("Lys?zyme", Wildcard("lys?zyme")),
        (r"ly\*so", Phrase("ly*so")),
        ("10.1107/S20*", And((Phrase("10 1107"), Wildcard("s20*")))),
        ("lysozime~", Fuzzy("lysozime", 2)),
        ("foo~", Fuzzy("foo", 1)),
        ("foo~2", Fuzzy("foo", 2)),
        ("*", Everything()),
        ("*:*", Everything()),
        ("", Everything()),
        ("a & b", And((A, B))),
        ("&", Nothing()),
    ],
)
def test_text_without_a_field(text, clause):
    assert read(text) == clause


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("x.y:a", Phrase("a", "x.y")),
        (r"https\://schema\.org/name:a", Phrase("a", r"https://schema\.org/name")),
        (r"a\ b:c", Phrase("c", "a b")),
        ("x:(a OR b)", Or((Phrase("a", "x"), Phrase("b", "x")))),
        ("x:5", Or((Phrase("5", "x"), Match("x", (5,))))),
        ("x:-5", Match("x", ("-5", -5))),
        ('x:"5"', Phrase("5", "x")),
        ("x:true", Or((Phrase("true", "x"), Match("x", (True,))))),
        ("x:2021-04", Or((Phrase("2021-04", "x"), Range("x", Kind.DATE, *APRIL)))),
        ('x:"--"', Match("x", ("--",))),
        ("x:*", Exists("x")),
        (r"_exists_:a\.b.c", Exists(r"a\.b.c")),
        ("x:Lyso*", Or((Wildcard("lyso*", "x"), Like("x", "Lyso*")))),
        ("x:lysozime~1", Fuzzy("lysozime", 1, "x")),
    ],
)
def test_a_field_is_a_path_and_its_value_what_it_spells(text, clause):
    assert read(text) == clause


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("x:[1 TO 2.5]", Range("x", Kind.NUMBER, 1, 2.5)),
        ("x:{1 TO 2}", Range("x", Kind.NUMBER, 1, 2, False, False)),
        ("x:[-5 TO -2]", Range("x", Kind.NUMBER, -5, -2)),
        ("x:[* TO 5]", Range("x", Kind.NUMBER, None, 5)),
        ("x:>=5", Range("x", Kind.NUMBER, 5)),
        ("x:<-5", Range("x", Kind.NUMBER, None, -5, True, False)),
        ("x:[2021-04 TO 2021-04]", Range("x", Kind.DATE, *APRIL)),
        ('x:["2021-04-01 00:00:00" TO *]', Range("x", Kind.DATE, APRIL[0])),
        ("x:>2021-04", Range("x", Kind.DATE, APRIL[1], None, False)),
        ("x:[* TO *]", Exists("x")),
    ],
)
def test_ranges_are_of_numbers_or_dates(text, clause):
    assert read(text) == clause


def test_bounds_that_may_be_years_or_numbers_are_both():
    clause = read("x:[2015 TO 2020]")

    assert clause == Or((Range("x", Kind.NUMBER, 2015, 2020), Range("x", Kind.DATE, 1420070400000, 1609459199999)))


def test_under_or_a_plus_makes_the_others_raise_the_score_alone():
    assert advanced.read("a b", Operator.OR).clause == Or((A, B))
    assert advanced.read("a -b", Operator.OR).clause == And((Not(B), A))
    assert advanced.read("+a b", Operator.OR).clause == And((A, Or((B, Everything()))))


def test_the_plain_words_are_those_that_are_asked_to_be_there():
    assert advanced.read('Foo x:"Bar baz" NOT qux lyso* near~1 foo^2').words == ("foo", "bar", "baz", "near")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("(a", "ends too early.*position 3"),
        ("a)", "closing parenthesis.*position 2"),
        ("a OR OR b", "Unexpected OR.*position 6"),
        ('a "b', "quotation mark has no partner.*position 3"),
        ("x:>-5 )", "closing parenthesis.*position 7"),
        ("/data/x", "Regular expressions.*quotes"),
        ("a && b", "Write AND instead.*position 3"),
        ("a || b", "Write OR"),
        ("!a", "Write NOT"),
        ("x:[a TO b]", '"a" is no number'),
        ("x:[1 TO 2021-04-01]", "both be numbers or both be dates"),
        ("x:[5 TO 3]", "before it begins"),
        ("[1 TO 2]", "which field"),
        ("a^1.2.3", "boost"),
        ("a^0", "above 0"),
        ("a~7", "~1 or ~2"),
        ('"a b"~5000', "at most 1000 apart"),
        ("_exists_:(a b)", "_exists_:path"),
        ("(" * 2000 + "a" + ")" * 2000, "50 levels"),
        ("-" * 4000 + "a", "50 levels"),
        ("a " * 2000, "1024 parts"),
        ("a*" * 21, "at most 20 stars"),
        ("x" * 1001 + ":a", "at most 1000 characters"),
        ("a" * 5000, "longer than 4096"),
    ],
)
def test_what_is_malformed_is_told_with_its_position(text, told):
    with pytest.raises(InvalidQuery, match=told) as caught:
        advanced.read(text)

    assert caught.value.place == "q"


_PIECES = (*'ab:*?~^()[]{}"\\/+-!&|<>=. 12', " AND ", " OR ", " NOT ", " TO ", "2021-04-01", "true")


@settings(deadline=None)
@given(st.text() | st.lists(st.sampled_from(_PIECES)).map("".join), st.sampled_from(Operator))
def test_any_text_is_a_clause_or_an_invalid_query(text, operator):
    with suppress(InvalidQuery):
        assert advanced.read(text, operator).clause is not None
