"""Order, pages and cursors; scores and their reasons."""

import json
from dataclasses import replace
from itertools import chain

import pytest

from apps.search.types import Boost, Boosted, Identified, Match, Or, Phrase, Query, Sort, Terms
from tests.search.makers import record

UP, DOWN = Sort("x", is_descending=False), Sort("x")


class OrderPromises:
    def test_kinds_keep_their_order_both_ways(self, shelf):
        shelf.put(
            record("1", {"x": 2}),
            record("2", {"x": 10}),
            record("3", {"x": "1969-05-05"}),
            record("4", {"x": "2020-05-05"}),
            record("5", {"x": "10"}),
            record("6", {"x": "Zebra"}),
            record("7", {"x": "ape"}),
            record("8", {"x": False}),
            record("9", {"x": True}),
            record("none", {"y": 1}),
        )

        assert shelf.sorted_by(UP) == ["1", "2", "3", "4", "5", "6", "7", "8", "9", "none"]
        assert shelf.sorted_by(DOWN) == ["2", "1", "4", "3", "7", "6", "5", "9", "8", "none"]

    def test_the_least_or_the_greatest_of_several_values_counts(self, shelf):
        shelf.put(
            record("a", {"x": [5, 1, 9, 9]}),
            record("b", {"x": [4, 4]}),
            record("c", {"x": [2, 8]}),
            record("d", {"x": 3}),
        )

        assert shelf.sorted_by(UP) == ["a", "c", "d", "b"]
        assert shelf.sorted_by(DOWN) == ["a", "c", "b", "d"]

    def test_of_several_kinds_the_first_counts_alone(self, shelf):
        shelf.put(
            record("a", {"x": [1, "zebra", True]}),
            record("b", {"x": ["ape", 1]}),
            record("c", {"x": 1}),
            record("d", {"x": ["2020-01-01", "zebra"]}),
            record("e", {"x": "2020-01-01T00:00:00Z"}),
            record("f", {"x": ["2020-01-01 00:00:00", False]}),
            record("g", {"x": [True, "word"]}),
            record("h", {"x": ["word", False]}),
        )

        assert shelf.sorted_by(UP) == shelf.sorted_by(DOWN) == list("abcdefgh")

    def test_ties_go_by_subject_both_ways(self, shelf):
        shelf.put(
            *(record(subject, {"x": 1}) for subject in ("b", "B", "🐟", "ﬀ", "a", "é")),
            record("0", {}),
            record("A", {}),
        )

        assert shelf.sorted_by(UP) == shelf.sorted_by(DOWN) == ["B", "a", "b", "é", "ﬀ", "🐟", "0", "A"]

    def test_a_later_sort_orders_what_an_earlier_one_leaves_equal(self, shelf):
        shelf.put(*(record(f"{i}", {"x": i % 2, "y": f"{i % 3}"}) for i in range(6)), record("none", {"y": "9"}))

        assert shelf.sorted_by(UP, Sort("y")) == ["2", "4", "0", "5", "1", "3", "none"]
        assert shelf.sorted_by(DOWN, Sort("y", is_descending=False)) == ["3", "1", "5", "0", "4", "2", "none"]

    def test_numbers_are_ordered_by_size(self, shelf):
        numbers = [-1e300, -(2**53), -2, -1.5e-7, 0, 5e-324, 1.5, 9, 10, 2**53 - 1, 2**53, 2.0**64, 1e300]
        shelf.put(*(record(f"{i:02}", {"x": number}) for i, number in enumerate(numbers)))

        assert shelf.sorted_by(UP) == [f"{i:02}" for i in range(len(numbers))]
        assert shelf.sorted_by(DOWN) == [f"{i:02}" for i in reversed(range(len(numbers)))]

    def test_instants_are_ordered_by_time(self, shelf):
        times = (
            "0001-01-01",
            "1969-12-31T23:59:59.998Z",
            "1969-12-31 23:59:59.999",
            "2020-01-01T01:00+02:00",
            "2020-01-01",
            "9999-12-31",
        )
        shelf.put(*(record(f"{i}", {"x": time}) for i, time in enumerate(times)))

        assert shelf.sorted_by(UP) == list("012345")
        assert shelf.sorted_by(DOWN) == list("543210")

    def test_a_path_that_nobody_has_leaves_the_order_of_subjects(self, shelf):
        shelf.put(record("b", {"x": {"y": 1}}), record("a", {}))

        assert shelf.sorted_by(DOWN) == ["a", "b"]

    def test_long_strings_are_no_values_to_sort_by(self, shelf):
        shelf.put(record("a", {"x": "a" * 1001}), record("b", {"x": "b"}))

        assert shelf.sorted_by(UP) == ["b", "a"]

    def test_sorting_follows_filters(self, shelf):
        shelf.put(*(record(f"{i}", {"x": i, "t": "word" if i % 2 else "other"}) for i in range(6)))

        answer = shelf.ask(
            Query(
                text=Phrase("word"), filters=(Match("x", (1, 2, 3)),), post_filters=(Match("x", (3, 1)),), sort=(DOWN,)
            )
        )

        assert (answer.total, [hit.subject for hit in answer.hits]) == (2, ["3", "1"])

    @pytest.mark.parametrize("order", ["sort", "relevance", "subject"])
    def test_offsets_part_the_result(self, shelf, order):
        query = self._put_many(shelf, order)
        whole = [hit.subject for hit in shelf.ask(replace(query, limit=100)).hits]

        pages = [[hit.subject for hit in shelf.ask(replace(query, limit=7, offset=at)).hits] for at in range(0, 49, 7)]

        assert [len(page) for page in pages] == [7, 7, 7, 7, 7, 5, 0]
        assert list(chain(*pages)) == whole
        assert len(set(whole)) == 40

    @pytest.mark.parametrize("order", ["sort", "relevance", "subject"])
    def test_cursors_part_the_result(self, shelf, order):
        query = self._put_many(shelf, order)
        whole = [hit.subject for hit in shelf.ask(replace(query, limit=100)).hits]

        for limit in (1, 7, 40, 100):
            assert list(chain(*shelf.pages(replace(query, limit=limit)))) == whole

    def test_cursors_part_every_mixed_order(self, shelf):
        values = [
            3,
            "3",
            True,
            "2020-01-01",
            None,
            [1, 5],
            ["a", 2],
            [False, True],
            2**53,
            -1.5e-7,
            "",
            "🐟",
            ["2021-01-01", 4],
            "x" * 1001,
        ]
        shelf.put(*(record(f"{i:02}", {"x": values[i % len(values)], "y": values[i % 5]}) for i in range(35)))

        for sort in ((UP,), (DOWN,), (UP, Sort("y")), (DOWN, Sort("y", is_descending=False)), (Sort("nowhere"), UP)):
            assert list(chain(*shelf.pages(Query(sort=sort, limit=3)))) == shelf.sorted_by(*sort)

    def test_cursors_part_an_order_of_many_paths(self, shelf):
        shelf.put(
            *(record(f"{i:02}", {"x": [i % 5, f"{i % 3}"][i % 2], "y": i % 7, "z": [i % 4, 9]}) for i in range(40))
        )
        sort = (UP, Sort("y"), Sort("z", is_descending=False))

        assert list(chain(*shelf.pages(Query(sort=sort, limit=7)))) == shelf.sorted_by(*sort)

    def test_any_hit_is_a_place_to_go_on_from(self, shelf):
        shelf.put(*(record(f"{i}", {"x": i % 3}) for i in range(9)))
        hits = shelf.ask(Query(sort=(UP,), limit=9)).hits

        for place, hit in enumerate(hits):
            following = shelf.ask(Query(sort=(UP,), limit=9, after=hit.cursor, offset=5)).hits
            assert [after.subject for after in following] == [after.subject for after in hits[place + 1 :]]

    def test_a_page_behind_a_cursor_still_tells_total_and_facets(self, shelf):
        shelf.put(*(record(f"{i}", {"x": i % 3}) for i in range(9)))
        first = shelf.ask(Query(by_subject=True, limit=5))

        second = shelf.ask(
            Query(by_subject=True, limit=5, after=first.hits[-1].cursor, facets=(Terms(name="f", path="x"),))
        )

        assert (first.total, second.total) == (9, 9)
        assert [bucket.count for bucket in second.facets[0].buckets] == [3, 3, 3]

    def test_a_total_is_told_when_asked_for(self, shelf):
        shelf.put(*(record(f"{i}", {}) for i in range(12)))

        assert shelf.ask(Query()).total == 12
        assert len(shelf.ask(Query()).hits) == 10
        assert shelf.ask(Query(counts_total=False)).total == -1
        assert shelf.ask(Query(limit=0)).hits == ()
        assert shelf.ask(Query(limit=0)).total == shelf.ask(Query(offset=50)).total == 12

    def test_the_better_match_comes_first(self, shelf):
        shelf.put(
            record("a", {"x": "word " + "filler " * 50}),
            record("b", {"x": "word word word"}),
            record("c", {"x": "other"}),
            *(record(f"filler {i}", {"x": "filler"}) for i in range(10)),
        )

        hits = shelf.ask(Query(text=Phrase("word"))).hits

        assert [hit.subject for hit in hits] == ["b", "a"]
        assert hits[0].score > hits[1].score > 0

    def test_equal_matches_go_by_subject(self, shelf):
        for subject in ("c", "a", "d", "b"):
            shelf.put(record(subject, {"x": "word"}))

        assert [hit.subject for hit in shelf.ask(Query(text=Phrase("word"))).hits] == ["a", "b", "c", "d"]
        assert [hit.subject for hit in shelf.ask(Query()).hits] == ["a", "b", "c", "d"]

    def test_what_is_identified_and_boosted_comes_first(self, shelf):
        shelf.put(
            record("https://a.b/run 7", {"x": "nothing else"}),
            *(record(f"{i}", {"x": "run 7 " * i}) for i in range(1, 9)),
            record("titled", {"x": "run 7 " + "filler " * 90}, exact=["Run 7"]),
        )
        text = Or((Boosted(Identified("run 7"), 100), Phrase("run 7")))

        subjects = [hit.subject for hit in shelf.ask(Query(text=text)).hits]

        assert sorted(subjects[:2]) == ["https://a.b/run 7", "titled"]
        assert len(subjects) == 10

    def test_a_boost_lifts_where_the_words_stand_in_its_path(self, shelf):
        shelf.put(
            record("a", {"note": "word"}),
            record("b", {"title": "word"}),
            record("c", {"title": "other", "note": "word"}),
        )
        text = Query(text=Phrase("word"), words=("word",))

        lifted = shelf.ask(replace(text, boosts=(Boost("title", 5.0),)))
        other = shelf.ask(replace(text, boosts=(Boost("note", 5.0), Boost("nowhere", 3.0))))

        assert (lifted.total, lifted.hits[0].subject) == (3, "b")
        assert (other.total, other.hits[-1].subject) == (3, "b")

    def test_filters_do_not_score(self, shelf):
        shelf.put(
            record("a", {"x": "word", "n": 1}),
            record("b", {"x": "word", "n": [1, 2]}),
            record("c", {"x": "word", "n": 2}),
        )

        hits = shelf.ask(Query(text=Phrase("word"), filters=(Or((Match("n", (2,)), Match("n", (1,)))),))).hits

        assert [hit.subject for hit in hits] == ["a", "b", "c"]
        assert len({round(hit.score, 4) for hit in hits}) == 1

    def test_a_hit_explains_its_score_when_asked(self, shelf):
        shelf.put(record("a", {"x": "word"}), record("b", {"x": "word word"}))

        explained = shelf.ask(Query(text=Phrase("word"), explains=True)).hits
        plain = shelf.ask(Query(text=Phrase("word"))).hits

        assert all(hit.explanation and json.dumps(hit.explanation) for hit in explained)
        assert [hit.explanation for hit in plain] == [None, None]
        assert [hit.subject for hit in explained] == [hit.subject for hit in plain]

    @staticmethod
    def _put_many(shelf, order):
        """Forty subjects in which much is equal, and a query that orders them."""
        values = (1, 1, [1, 2], "one", ["one", 3], True, "2020-01-01", None)
        shelf.put(*(record(f"{i:02}", {"x": values[i % 8], "t": "word " * (1 + i % 3)}) for i in range(20)))
        shelf.put(
            *(record(f"{i:02}", {"x": values[i % 8], "t": "word " * (1 + i % 3)}) for i in reversed(range(20, 40)))
        )
        queries = {"sort": Query(sort=(DOWN,)), "relevance": Query(), "subject": Query(by_subject=True)}
        return replace(queries[order], text=Phrase("word"))
