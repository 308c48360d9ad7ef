"""Which views a subject has: for each set of entries that some caller sees together, one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.search.errors import TooManyViews
from apps.search.projection import Source, leaves, views
from apps.search.types import ALL_AUTHENTICATED, PUBLIC, ViewDocument

ALICE, BOB, TEAM = "urn:alice", "urn:bob", "urn:team"


def source(number: int, *visible_to: str) -> Source:
    return Source(frozenset(visible_to), (), leaves({"n": number}))


def matches(view: ViewDocument, caller: set[str]) -> bool:
    """What types.ViewDocument promises, word for word."""
    if view.acl:
        return not caller.isdisjoint(view.acl)
    is_met = bool(view.required) and all(not caller.isdisjoint(needed) for needed in view.required)
    return is_met and caller.isdisjoint(view.denied)


def test_a_subject_of_one_entry_has_one_view_with_its_audience():
    [view] = views("s", [source(1, TEAM, ALICE)]).views

    assert (view.acl, view.required, view.is_whole) == ((ALICE, TEAM), (), True)


def test_entries_of_the_same_audience_share_a_view():
    [view] = views("s", [source(1, TEAM), source(2, TEAM)]).views

    assert view.numbers == {"n": [1.0, 2.0]}


def test_a_restricted_second_entry_shows_to_its_readers_alone():
    outside, inside = views("s", [source(1, PUBLIC), source(2, TEAM)]).views

    assert (outside.numbers, outside.denied) == ({"n": [1.0]}, (TEAM,))
    assert (inside.numbers, inside.required, inside.is_whole) == ({"n": [1.0, 2.0]}, ((TEAM,),), True)


def test_an_entry_that_nobody_may_see_is_in_the_whole_view_alone():
    seen, whole = views("s", [source(1, PUBLIC), source(2)]).views

    assert (seen.numbers, seen.is_whole) == ({"n": [1.0]}, False)
    assert (whole.acl, whole.required, whole.is_whole) == ((), (), True)


def test_an_audience_that_is_spelled_in_two_ways_is_one_and_never_everybody():
    [view] = views("s", [source(1, ALL_AUTHENTICATED), source(2, ALL_AUTHENTICATED, ALICE)]).views

    assert (view.acl, view.numbers) == ((ALL_AUTHENTICATED,), {"n": [1.0, 2.0]})


def test_a_subject_without_entries_has_no_views():
    assert views("s", []).views == ()


def test_too_many_different_visibilities_are_refused():
    with pytest.raises(TooManyViews):
        views("s", [source(number, f"urn:{number}") for number in range(7)])


PRINCIPALS = [PUBLIC, ALL_AUTHENTICATED, ALICE, BOB, TEAM]
people = st.one_of(
    st.just({PUBLIC}), st.sets(st.sampled_from([ALICE, BOB, TEAM])).map(lambda mine: {PUBLIC, ALL_AUTHENTICATED, *mine})
)


@settings(max_examples=1000, deadline=None)
@given(st.lists(st.sets(st.sampled_from(PRINCIPALS)), min_size=1, max_size=5), people)
def test_each_caller_matches_the_one_view_of_just_what_they_may_see(visibilities, caller):
    sources = [source(number, *visible_to) for number, visible_to in enumerate(visibilities)]
    wanted = [float(n) for n, visible_to in enumerate(visibilities) if visible_to & caller]

    matched = [sorted(view.numbers.get("n", [])) for view in views("s", sources).views if matches(view, caller)]

    assert matched == ([wanted] if wanted else [])


@given(st.lists(st.sets(st.sampled_from(PRINCIPALS)), min_size=1, max_size=5))
def test_exactly_one_view_is_whole_and_holds_all(visibilities):
    sources = [source(number, *visible_to) for number, visible_to in enumerate(visibilities)]

    whole = [view for view in views("s", sources).views if view.is_whole]

    assert [sorted(view.numbers["n"]) for view in whole] == [[float(n) for n in range(len(visibilities))]]
