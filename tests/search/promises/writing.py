"""What a writer promises."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from apps.search.types import Exists, Kind, Match, Phrase, Range, SubjectIn, SubjectViews
from tests.search.makers import ALICE, BOB, NOBODY, audience, gone, record, shared, view


class Interrupted(Exception):
    """Something went wrong while a block was written."""


class WritingPromises:
    writes_are_atomic = True
    """Whether nothing of a block that an error left is ever found."""

    def test_what_was_added_is_found_when_the_block_has_ended(self, shelf):
        shelf.put(record("a", {"x": 1}), record("b", {"x": 2}))

        assert shelf.found() == ["a", "b"]

    def test_writing_a_subject_again_replaces_it(self, shelf):
        shelf.put(record("a", {"name": "before"}), record("b", {"name": "before"}))

        shelf.put(record("a", {"name": "after"}))

        assert shelf.found(Match("name", ("before",))) == ["b"]
        assert shelf.found(Phrase("after")) == ["a"]
        assert shelf.found() == ["a", "b"]

    def test_views_that_a_subject_has_no_longer_are_removed(self, shelf, backend):
        shelf.deep(2).put(shared("a", ([ALICE], {"x": 1}), ([BOB], {"x": 2})))

        shelf.put(SubjectViews("a", (view("a", {"x": 3}, acl=(ALICE,)),), stale=3))

        assert shelf.found(audience=audience(BOB)) == []
        assert shelf.found(Match("x", (3,)), audience(ALICE, BOB)) == ["a"]
        assert backend.size(shelf.store).documents == 1

    def test_a_subject_may_get_more_views(self, shelf, backend):
        shelf.deep(2).put(record("a", {"x": 1}, [ALICE]))

        shelf.put(shared("a", ([ALICE], {"x": 1}), ([BOB], {"x": 2})))

        assert shelf.found(Match("x", (2,)), audience(BOB)) == ["a"]
        assert backend.size(shelf.store).documents == 3

    def test_writing_the_same_twice_does_no_harm(self, shelf, backend, store):
        for _ in range(2):
            with backend.writer(store) as writer:
                writer.add([record("a", {"x": 1}), gone("b")], version=7)

        assert shelf.found(Match("x", (1,))) == ["a"]
        assert backend.size(store).documents == 1

    def test_the_last_word_in_a_block_counts(self, shelf, backend, store):
        with backend.writer(store) as writer:
            writer.add([record("a", {"x": 1}), record("b", {"x": 1})], version=1)
            writer.add([record("a", {"x": 2}), gone("b")], version=2)
            writer.add([record("c", {"x": 3})], version=3)

        assert shelf.found() == ["a", "c"]
        assert shelf.found(Match("x", (2,))) == ["a"]

    def test_a_subject_without_views_is_gone(self, shelf):
        shelf.put(record("a", {"x": 1}), record("b", {"x": 1}))

        shelf.put(gone("a"), gone("never there"))

        assert shelf.found() == ["b"]

    def test_a_subject_that_was_gone_may_come_back(self, shelf):
        shelf.put(record("a", {"x": 1}))
        shelf.put(gone("a"))

        shelf.put(record("a", {"x": 2}))

        assert shelf.found(Match("x", (2,))) == ["a"]

    def test_an_error_inside_the_block_is_harmless(self, shelf, backend, store):
        def write_half():
            with backend.writer(store) as writer:
                writer.add([record("half", {"x": 1})], version=1)
                raise Interrupted

        with pytest.raises(Interrupted):
            write_half()

        shelf.put(record("a", {"x": 2}))

        assert shelf.found(SubjectIn(("a",))) == ["a"]
        if self.writes_are_atomic:
            assert shelf.found() == ["a"]

    def test_nothing_to_write_is_no_error(self, shelf, backend, store):
        with backend.writer(store) as writer:
            writer.add([], version=1)

        assert shelf.found() == []

    def test_subjects_keep_every_character(self, shelf):
        odd = ["https://a.b/c?d=e&f#g", 'quo"te', "ba\\ck", "a b", "100%25", "ümläut 🐟", "_all", "-1", "x" * 500, "*"]

        shelf.put(*(record(subject, {"x": 1}) for subject in odd))

        assert shelf.found() == sorted(odd)
        assert [shelf.found(SubjectIn((subject,))) for subject in odd] == [[subject] for subject in odd]

    def test_a_path_may_change_its_kind_from_write_to_write(self, shelf):
        shelf.put(record("a", {"x": 1}))
        shelf.put(record("b", {"x": "one"}))
        shelf.put(record("c", {"x": {"y": "2020-01-01"}}))
        shelf.put(record("d", {"x": [True, {"y": 5}]}))

        assert shelf.found(Exists("x")) == ["a", "b", "c", "d"]
        assert shelf.found(Exists("x.y")) == ["c", "d"]
        assert shelf.found(Range("x.y", Kind.NUMBER, 5, 5)) == ["d"]

    def test_many_paths_come_in_one_write(self, shelf):
        shelf.put(*(record(f"{i}", {f"field {i}.{j}": j for j in range(30)}) for i in range(10)))

        assert shelf.found(Match(r"field 7\.29", (29,))) == ["7"]

    def test_many_subjects_come_in_one_write(self, shelf):
        shelf.put(*(record(f"{i:04}", {"i": i}) for i in range(900)))

        assert len(shelf.found()) == 900
        assert shelf.found(Match("i", (899,))) == ["0899"]

    def test_many_threads_ask_at_once(self, shelf):
        shelf.put(*(record(f"{i}", {"i": i}) for i in range(8)))

        with ThreadPoolExecutor(8) as threads:
            answers = list(threads.map(lambda i: shelf.found(Match("i", (i,)), NOBODY), range(8)))

        assert answers == [[f"{i}"] for i in range(8)]
