"""Nothing outside of the audience's views is found or counted."""

from itertools import chain, combinations

import pytest

from apps.search.types import (
    ALL_AUTHENTICATED,
    Audience,
    DateHistogram,
    Exists,
    Interval,
    Kind,
    Match,
    Not,
    Phrase,
    Ranges,
    Statistics,
    SubjectIn,
    SubjectViews,
    Terms,
    Words,
)
from tests.search.makers import ALICE, BOB, CHARLIE, GROUP, NOBODY, audience, record, shared, view

ALL = Audience.everything()


class AudiencePromises:
    def test_each_sees_what_is_meant_for_them(self, shelf):
        shelf.put(
            record("open", {}, ["public"]),
            record("people", {}, [ALL_AUTHENTICATED]),
            record("group", {}, [GROUP, ALICE]),
            record("alice", {}, [ALICE]),
        )

        assert shelf.found(audience=audience(ALL_AUTHENTICATED, ALICE)) == ["alice", "group", "open", "people"]
        assert shelf.found(audience=audience(ALL_AUTHENTICATED, BOB, GROUP)) == ["group", "open", "people"]
        assert shelf.found(audience=audience(ALL_AUTHENTICATED, CHARLIE)) == ["open", "people"]
        assert shelf.found(audience=NOBODY) == ["open"]
        assert shelf.found(audience=ALL) == ["alice", "group", "open", "people"]

    def test_no_principals_see_nothing(self, shelf):
        shelf.put(record("open", {}), shared("b", (["public"], {}), ([ALICE], {})))

        assert [shelf.deep(depth).found(audience=Audience(frozenset())) for depth in range(4)] == [[]] * 4

    def test_no_question_finds_what_is_hidden(self, shelf):
        shelf.put(record("hidden", {"name": "secret"}, [ALICE]), record("open", {"name": "plain"}))

        questions = (Match("name", ("secret",)), Phrase("secret"), SubjectIn(("hidden",)), Not(Phrase("plain")))

        assert [shelf.found(question, audience(BOB)) for question in questions] == [[]] * 4
        assert [shelf.found(question, audience(ALICE)) for question in questions] == [["hidden"]] * 4

    def test_an_audience_may_have_many_principals(self, shelf):
        shelf.put(record("a", {}, [f"group {i}" for i in range(0, 300, 7)]), record("b", {}, ["group 1000"]))

        assert shelf.found(audience=audience(*(f"group {i}" for i in range(294, 700)))) == ["a"]

    @pytest.mark.parametrize("depth", [0, 1, 3])
    def test_a_view_for_nobody_is_found_by_nobody(self, shelf, depth):
        shelf.deep(depth).put(SubjectViews("a", (view("a", {}, acl=()),)))

        assert shelf.found(audience=audience(ALICE)) == []

    def test_without_depth_required_sets_match_nobody(self, shelf):
        shelf.deep(1).put(SubjectViews("a", (view("a", {}, required=((ALICE,),)),)))

        assert shelf.found(audience=audience(ALICE)) == ["a"]
        assert shelf.deep(0).found(audience=audience(ALICE)) == []

    @pytest.mark.parametrize("depth", [1, 2, 3])
    def test_a_required_set_is_met_by_any_of_its_principals(self, shelf, depth):
        shelf.deep(depth).put(
            SubjectViews("a", (view("a", {}, required=((ALICE, GROUP),)),)),
            SubjectViews("b", (view("b", {}, required=((BOB,),), denied=(GROUP, CHARLIE)),)),
        )

        assert shelf.found(audience=audience(ALICE)) == ["a"]
        assert shelf.found(audience=audience(GROUP, BOB)) == ["a"]
        assert shelf.found(audience=audience(BOB)) == ["b"]
        assert shelf.found(audience=audience(BOB, CHARLIE)) == []

    @pytest.mark.parametrize("depth", [2, 3])
    def test_every_required_set_must_be_met(self, shelf, depth):
        shelf.deep(depth).put(SubjectViews("a", (view("a", {}, required=((ALICE, BOB), (GROUP,))),)))

        assert shelf.found(audience=audience(ALICE)) == []
        assert shelf.found(audience=audience(ALICE, BOB)) == []
        assert shelf.found(audience=audience(GROUP)) == []
        assert shelf.found(audience=audience(BOB, GROUP)) == ["a"]

    def test_of_three_entries_each_finds_just_what_they_see_together(self, shelf):
        people = (ALICE, BOB, CHARLIE)
        shelf.deep(3).put(shared("a", *(([person], {"for": person}) for person in people)))

        for seeing in chain.from_iterable(combinations(people, size) for size in range(4)):
            counts = shelf.counts(Terms(name="f", path="for"), audience(*seeing))

            assert counts == [(person, 1) for person in seeing]
            assert len(shelf.found(audience=audience(*seeing))) == bool(seeing)

    def test_an_open_entry_is_part_of_every_view(self, shelf):
        shelf.deep(2).put(shared("a", (["public"], {"x": "open"}), ([ALICE], {"x": "shut"})))

        assert shelf.found(Match("x", ("shut",)), NOBODY) == []
        assert shelf.found(Match("x", ("open",)), NOBODY) == ["a"]
        assert shelf.found(Match("x", ("open",)), audience(ALICE)) == ["a"]
        assert shelf.found(Match("x", ("shut",)), audience(ALICE)) == ["a"]

    def test_everything_is_each_whole_view_once(self, shelf):
        shelf.deep(2).put(shared("a", ([ALICE], {"x": 1}), ([BOB], {"x": 2})), record("b", {"x": 1}, []))

        assert shelf.found(audience=ALL) == ["a", "b"]
        assert shelf.counts(Terms(name="f", path="x"), ALL) == [(1, 2), (2, 1)]

    def test_facets_count_what_the_audience_sees(self, shelf):
        self._put_open_and_shut(shelf)

        for who, seen in ((NOBODY, 1), (audience(ALICE), 3), (ALL, 3)):
            assert shelf.counts(Terms(name="f", path="kind"), who) == [("x", seen)]
            assert shelf.counts(Words(name="f", path="", prefix="sec"), who) == [("secret", 2)][: seen - 1]
            assert shelf.counts(Ranges(name="f", path="n", ranges=((None, None),)), who) == [((None, None), seen)]
            assert sum(count for _, count in shelf.counts(_YEARS, who)) == seen

    def test_statistics_and_missing_count_what_the_audience_sees(self, shelf):
        self._put_open_and_shut(shelf)

        for who, seen, total in ((NOBODY, 1, 1), (audience(ALICE), 3, 111), (ALL, 3, 111)):
            statistics = shelf.facet(Statistics(name="f", path="n"), who).statistics

            assert (statistics["count"], statistics["sum"], statistics["documents"]) == (seen, total, seen)
            assert shelf.facet(Terms(name="f", path="nowhere"), who).missing == seen

    def test_facets_of_a_shared_subject_count_the_view_that_is_seen(self, shelf):
        shelf.deep(3).put(shared("a", (["public"], {"x": 1, "t": "open"}), ([ALICE], {"x": 1, "y": 2, "t": "shut"})))

        assert shelf.facet(Terms(name="f", path="y"), NOBODY).missing == 1
        assert shelf.facet(Terms(name="f", path="y"), audience(ALICE)).missing == 0
        assert shelf.counts(Terms(name="f", path="x"), audience(ALICE)) == [(1, 1)]
        assert shelf.counts(Words(name="f", path="", prefix=""), NOBODY) == [("open", 1)]
        assert shelf.found(Exists("y"), NOBODY) == []

    @staticmethod
    def _put_open_and_shut(shelf):
        shelf.put(
            record("open", {"kind": "x", "n": 1, "at": "2020-01-01", "text": "plain"}),
            record("shut 1", {"kind": "x", "n": 10, "at": "2021-01-01", "text": "secret"}, [ALICE]),
            record("shut 2", {"kind": "x", "n": 100, "at": "2021-02-01", "text": "secret"}, [ALICE, BOB]),
        )


_YEARS = DateHistogram(name="f", path="at", interval=Interval.YEAR, kinds=frozenset({Kind.DATE}))
