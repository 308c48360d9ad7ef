"""Facets of values and words, and what facets are counted over."""

import pytest

from apps.search.types import (
    And,
    Distinct,
    Exists,
    Interval,
    Kind,
    Match,
    Not,
    Phrase,
    Query,
    Ranges,
    Terms,
    Words,
)
from apps.search.types import DateHistogram as Histogram
from tests.search.makers import NOBODY, record


def terms(**options):
    return Terms(name="f", path="x", **options)


def words(prefix, **options):
    return Words(name="f", path="", prefix=prefix, **options)


class FacetPromises:
    def test_values_of_all_kinds_are_counted_together(self, shelf):
        values = ("b", "b", "b", 2, 2, True, True, "a", 1.5, "1.5", False, "2020-01-01")
        shelf.put(*(record(f"{i}", {"x": value}) for i, value in enumerate(values)))

        assert shelf.counts(terms(size=20)) == [
            ("b", 3),
            (2, 2),
            ("True!", 2),
            (1.5, 1),
            ("1.5", 1),
            ("2020-01-01", 1),
            ("a", 1),
            ("False!", 1),
        ]

    def test_buckets_may_be_ordered_by_value(self, shelf):
        values = ("b", "b", "B", "é", "z", "🐟", "ﬀ", 10, 9, -1, 9, True, False)
        shelf.put(*(record(f"{i}", {"x": value}) for i, value in enumerate(values)))

        ordered = [value for value, _ in shelf.counts(terms(by_value=True, size=20))]

        assert ordered == [-1, 9, 10, "B", "b", "z", "é", "ﬀ", "🐟", "False!", "True!"]

    def test_a_subject_is_counted_once_a_bucket(self, shelf):
        shelf.put(record("a", {"x": ["red", "red", 1, 1.0, True, True]}), record("b", {"x": ["red", "blue"]}))

        assert shelf.counts(terms()) == [("red", 2), (1, 1), ("blue", 1), ("True!", 1)]

    @pytest.mark.parametrize("by_value", [False, True])
    def test_buckets_come_in_pages(self, shelf, by_value):
        shelf.put(
            *(record(f"{i}", {"x": [f"v{j:02}" for j in range(i + 1)] + [j % 5 for j in range(i)]}) for i in range(25))
        )
        whole = shelf.counts(terms(size=100, by_value=by_value))

        pages = [shelf.facet(terms(size=7, offset=offset, by_value=by_value)) for offset in (0, 7, 14, 21, 28, 35)]

        assert len(whole) == 30
        assert [(bucket.value, bucket.count) for page in pages for bucket in page.buckets] == whole
        assert [page.has_more for page in pages] == [True, True, True, True, False, False]
        assert not shelf.facet(terms(size=30, by_value=by_value)).has_more
        assert shelf.facet(terms(size=29, by_value=by_value)).has_more

    def test_many_values_with_equal_counts_are_ordered_by_value(self, shelf):
        shelf.put(record("a", {"x": [f"{i:04}" for i in range(1500)]}), record("b", {"x": "0777"}))

        assert shelf.counts(terms(size=3)) == [("0777", 2), ("0000", 1), ("0001", 1)]
        assert shelf.counts(terms(size=2, offset=1498)) == [("1498", 1), ("1499", 1)]

    def test_contains_keeps_strings_that_hold_it(self, shelf):
        shelf.put(
            record("a", {"x": ["Lysozyme", "LYSINE", "analysis", "a.b", "a*b", 1, True, "été"]}),
            record("b", {"x": "lysine"}),
        )

        assert shelf.counts(terms(contains="LyS")) == [("LYSINE", 1), ("Lysozyme", 1), ("analysis", 1), ("lysine", 1)]
        assert shelf.counts(terms(contains="a.")) == [("a.b", 1)]
        assert shelf.counts(terms(contains="*")) == [("a*b", 1)]
        assert shelf.counts(terms(contains="ÉT")) == [("été", 1)]
        assert shelf.counts(terms(contains="1")) == []
        assert shelf.facet(terms(contains="lys", size=3)).has_more

    def test_exclude_leaves_values_out(self, shelf):
        shelf.put(record("a", {"x": ["red", "Red", "a.b", "axb", 1, "1", True]}))

        assert [value for value, _ in shelf.counts(terms(exclude=("red", 1, "a.b")))] == ["1", "Red", "axb", "True!"]
        assert [value for value, _ in shelf.counts(terms(exclude=("1", True, "a*"), size=3))] == [1, "Red", "a.b"]

    def test_values_keep_every_character(self, shelf):
        odd = ["", " ", "a  b", 'q"q', "\\", "a\nb", "a\0b", "🐟", "x" * 1000, "1 TO 2", "2020-01-01"]
        shelf.put(*(record(f"{i}", {"x": value}) for i, value in enumerate(odd)))

        assert shelf.counts(terms(size=20)) == [(value, 1) for value in sorted(odd)]

    def test_long_strings_are_no_buckets_and_not_missing(self, shelf):
        shelf.put(record("a", {"x": "y" * 1001}), record("b", {"x": "z"}), record("c", {}))

        assert shelf.counts(terms()) == [("z", 1)]
        assert shelf.facet(terms()).missing == 1

    def test_missing_counts_subjects_without_any_value(self, shelf):
        shelf.put(
            record("number", {"x": 1}),
            record("word", {"x": "one"}),
            record("below", {"x": {"y": 1}}),
            record("null", {"x": None}),
            record("none", {"y": 1}),
        )

        assert shelf.facet(terms()).missing == 2
        assert shelf.facet(Ranges(name="f", path="x", ranges=())).missing == 2
        assert shelf.facet(Histogram(name="f", path="x", interval=Interval.DAY)).missing == 2
        assert shelf.facet(Distinct(name="f", path="x")).missing == 2
        assert shelf.facet(terms(filters=(Match("y", (1,)),))).missing == 1
        assert shelf.facet(terms(counts_missing=False)).missing == -1

    def test_facets_are_counted_over_text_filters_and_their_own_filters(self, shelf):
        shelf.put(*(record(f"{i}", {"x": i % 2, "n": i, "t": "odd" if i % 2 else "even"}) for i in range(8)))
        own, other = Match("n", (0, 1, 2, 3)), Match("n", (2, 3, 4, 5, 6))

        assert shelf.counts(terms(), text=Phrase("even")) == [(0, 4)]
        assert shelf.counts(terms(filters=(own,))) == [(0, 2), (1, 2)]
        assert shelf.counts(terms(filters=(own, Not(Match("n", (1,))))), filters=(other,)) == [(0, 1), (1, 1)]
        assert shelf.counts(terms(), filters=(other,), text=Phrase("odd")) == [(1, 2)]

    def test_post_filters_narrow_hits_and_total_alone(self, shelf):
        shelf.put(*(record(f"{i}", {"x": i % 2, "n": i}) for i in range(6)))

        answer = shelf.ask(
            Query(facets=(terms(),), post_filters=(Match("x", (1,)), Match("n", (0, 1, 2, 3))), by_subject=True)
        )

        assert answer.total == 2
        assert [hit.subject for hit in answer.hits] == ["1", "3"]
        assert {bucket.value: bucket.count for bucket in answer.facets[0].buckets} == {0: 3, 1: 3}

    def test_facets_are_answered_in_order_each_with_its_own_filters(self, shelf):
        shelf.put(*(record(f"{i}", {"x": i % 2, "n": i}) for i in range(4)))
        first = Terms(name="a", path="x", filters=(Match("n", (0,)),))
        second = Terms(name="b", path="x", filters=(Match("n", (1, 3)),))

        facets = shelf.ask(Query(facets=(second, first, Terms(name="c", path="x")))).facets

        assert [facet.name for facet in facets] == ["b", "a", "c"]
        assert [[bucket.count for bucket in facet.buckets] for facet in facets] == [[2], [1], [2, 2]]

    def test_two_facets_of_one_path_may_have_one_name(self, shelf):
        shelf.put(record("a", {"x": 1}), record("b", {"x": 2}))

        facets = shelf.ask(Query(facets=(terms(size=1), terms(size=2)))).facets

        assert [len(facet.buckets) for facet in facets] == [1, 2]

    def test_facets_of_odd_names_and_paths(self, shelf):
        shelf.put(record("a", {"a.b": {"": ["v"]}, "[x]>y": "w"}))

        for path, value in ((r"a\.b.", "v"), ("[x]>y", "w")):
            facet = Terms(name="odd >[0].name\\", path=path)
            assert shelf.counts(facet) == [(value, 1)]

    def test_words_begin_with_the_prefix(self, shelf):
        shelf.put(
            record("a", {"x": "Crystals and Crystallography; crystals"}),
            record("b", {"y": "the crystals of Cryo-EM, été"}),
            record("c", {"x": "decrystallised cry.stal"}),
        )

        assert shelf.counts(words("cry")) == [("crystals", 2), ("cry", 1), ("cryo", 1), ("crystallography", 1)]
        assert shelf.counts(words("cry", size=2)) == [("crystals", 2), ("cry", 1)]
        assert shelf.counts(words("ete")) == [("ete", 1)]
        assert shelf.counts(words("zz")) == []
        assert shelf.counts(words("c.y")) == shelf.counts(words(".*")) == []
        assert shelf.facet(words("c")).missing == -1

    def test_words_are_counted_over_the_query(self, shelf):
        shelf.put(record("a", {"x": "crystal", "n": 1}), record("b", {"x": "crystal cryo", "n": 2}))

        assert shelf.counts(words("cry", filters=(Match("n", (2,)),))) == [("cryo", 1), ("crystal", 1)]
        assert shelf.counts(words("cry"), filters=(Match("n", (1,)),)) == [("crystal", 1)]

    def test_distinct_counts_values_of_all_kinds(self, shelf):
        shelf.put(*(record(f"{i}", {"x": [i % 7, f"{i % 5}", i % 2 == 0]}) for i in range(35)))

        assert shelf.facet(Distinct(name="f", path="x")).statistics["distinct"] == 14
        assert shelf.facet(Distinct(name="f", path="y")).statistics["distinct"] == 0

    def test_distinct_is_near_where_there_are_many(self, shelf):
        shelf.put(record("a", {"x": [f"v{i}" for i in range(2000)]}))

        assert shelf.facet(Distinct(name="f", path="x")).statistics["distinct"] == pytest.approx(2000, rel=0.05)

    def test_a_path_that_is_no_leaf_has_no_buckets(self, shelf):
        shelf.put(record("a", {"x": {"y": 1}}))

        assert shelf.counts(terms()) == []
        assert shelf.facet(terms()).missing == 0
        assert shelf.found(And((Exists("x"),))) == ["a"]

    def test_kinds_that_a_path_does_not_have_are_harmless(self, shelf, backend):
        shelf.put(record("a", {"x": 1}))
        facets = tuple(
            Terms(name=f"{i}", path="x", kinds=kinds) for i, kinds in enumerate((frozenset(Kind), {Kind.NUMBER}))
        )

        answers = [backend.search(shelf.store, Query(facets=(facet,)), NOBODY).facets[0] for facet in facets]

        assert [[bucket.count for bucket in answer.buckets] for answer in answers] == [[1], [1]]
