"""Clauses on words."""

from dataclasses import replace

import pytest

from apps.search.types import And, Fuzzy, Not, Phrase, Wildcard
from tests.search.makers import record
from tests.search.shelf import Shelf


class TextPromises:
    def test_a_phrase_is_words_side_by_side(self, shelf):
        shelf.put(record("a", {"x": "Serial femtosecond crystallography"}), record("b", {"x": "femtosecond serial"}))

        assert shelf.found(Phrase("serial FEMTOSECOND")) == ["a"]
        assert shelf.found(Phrase("serial crystallography")) == []
        assert shelf.found(Phrase("femtosecond")) == ["a", "b"]
        assert shelf.found(Phrase("serial femtosecond crystallography laser")) == []

    def test_half_characters_harm_nothing(self, shelf):
        shelf.put(record("a", {"x": "lone \ud800 half"}), record("b", {"x": "fine"}))

        assert shelf.found(Phrase("half")) == ["a"]
        assert shelf.found(Phrase("half", "x")) == ["a"]
        for text in ("fine", "fine \ud800"):
            assert shelf.found(Phrase(text)) == ["b"]

    def test_a_phrase_lies_in_one_value(self, shelf):
        shelf.put(record("a", {"x": ["one two", "three four"], "y": "five"}), record("b", {"x": ["zero", "two three"]}))

        for path in (None, "x"):
            assert shelf.found(Phrase("two three", path=path)) == ["b"]
            assert shelf.found(Phrase("two three", path=path, slop=1)) == ["b"]
            assert shelf.found(Phrase("three four", path=path)) == ["a"]
        assert shelf.found(Phrase("four five")) == []

    def test_slop_lets_words_lie_between(self, shelf):
        shelf.put(record("a", {"x": "serial very femtosecond"}), record("b", {"x": "serial very very femtosecond"}))

        assert shelf.found(Phrase("serial femtosecond")) == []
        assert shelf.found(Phrase("serial femtosecond", slop=1)) == ["a"]
        assert shelf.found(Phrase("serial femtosecond", slop=2)) == ["a", "b"]
        assert shelf.found(Phrase("serial femtosecond", slop=1, path="x")) == ["a"]

    def test_text_is_split_at_all_but_letters_and_digits(self, shelf):
        shelf.put(record("a", {"x": "foo_bar-3.14/can't α-Helix"}))

        for text in ("foo bar", "bar 3", "3.14", "14 can", "CAN T", "α helix", "foo-bar_3"):
            assert shelf.found(Phrase(text)) == ["a"]
        assert shelf.found(Phrase("cant")) == shelf.found(Phrase("foobar")) == []

    def test_letters_are_folded(self, shelf):
        shelf.put(record("a", {"x": "Ångström Røntgen naïve ﬁeld Straße"}))

        for text in ("angstrom", "ÅNGSTRÖM", "rontgen", "Naive", "field", "strasse"):
            assert shelf.found(Phrase(text)) == shelf.found(Phrase(text, path="x")) == ["a"]

    def test_all_text_is_stemmed(self, shelf):
        shelf.put(record("a", {"x": "Crystals were measured quickly"}), record("b", {"x": "a crystal measures"}))

        assert shelf.found(Phrase("crystal")) == shelf.found(Phrase("CRYSTALS")) == ["a", "b"]
        assert shelf.found(Phrase("measuring")) == ["a", "b"]
        assert shelf.found(Phrase("crystal measure")) == ["b"]

    def test_words_of_a_path_are_as_they_are_written(self, shelf):
        shelf.put(record("a", {"x": "Crystals", "y": "measured"}), record("b", {"x": "crystal"}))

        assert shelf.found(Phrase("crystal", path="x")) == ["b"]
        assert shelf.found(Phrase("CRYSTALS", path="x")) == ["a"]
        assert shelf.found(Phrase("measured", path="x")) == []

    def test_an_index_may_do_without_stems(self, backend, store):
        plain = Shelf(backend, replace(store, generation=2, is_stemmed=False))
        backend.create(plain.store)
        plain.put(record("a", {"x": "crystals"}), record("b", {"x": "crystal"}))

        found = plain.found(Phrase("crystal")), plain.found(Phrase("Crystals"))
        backend.drop(plain.store)

        assert found == (["b"], ["a"])

    def test_a_text_without_words_matches_all(self, shelf):
        shelf.put(record("a", {"x": "word"}), record("b", {"y": 1}))

        for text in ("", "  ", "*", "-!?", '"'):
            assert shelf.found(Phrase(text)) == ["a", "b"]
            assert shelf.found(And((Phrase(text), Phrase("word")))) == ["a"]
        assert shelf.found(Not(Phrase("?"))) == []

    def test_no_text_is_syntax(self, shelf):
        shelf.put(record("a", {"x": "AND OR NOT title:foo [1 TO 2] 10.5072/ab-c C:\\temp"}))

        for text in ("AND", "not title", "title:foo", "[1 TO 2]", "10.5072/ab-c", "c:\\temp", '"AND" OR (', "FOO"):
            assert shelf.found(Phrase(text)) == ["a"]

    def test_numbers_are_no_words_of_a_path(self, shelf):
        shelf.put(record("a", {"x": 42}), record("b", {"x": "42"}))

        assert shelf.found(Phrase("42", path="x")) == ["b"]

    @pytest.mark.parametrize("path", [None, "x"])
    def test_a_wildcard_matches_one_word(self, shelf, path):
        shelf.put(
            record("a", {"x": "Lysozyme crystals"}), record("b", {"x": "lysosome"}), record("c", {"x": "analysis"})
        )

        assert shelf.found(Wildcard("lyso*", path)) == ["a", "b"]
        assert shelf.found(Wildcard("LYSO*", path)) == ["a", "b"]
        assert shelf.found(Wildcard("lyso??me", path)) == ["a", "b"]
        assert shelf.found(Wildcard("*lys*s", path)) == ["c"]
        assert shelf.found(Wildcard("lysozyme*", path)) == ["a"]
        assert shelf.found(Wildcard("lyso", path)) == []

    @pytest.mark.parametrize("path", [None, "x"])
    def test_wildcards_and_fuzzy_words_are_not_stemmed(self, shelf, path):
        shelf.put(record("a", {"x": "crystals"}), record("b", {"x": "crystallography"}))

        assert shelf.found(Wildcard("crystals", path)) == ["a"]
        assert shelf.found(Wildcard("crystallo*phy", path)) == ["b"]
        assert shelf.found(Fuzzy("crystalz", path=path)) == ["a"]

    def test_other_signs_of_a_wildcard_match_nothing_and_harm_nothing(self, shelf):
        shelf.put(record("a", {"x": "abc"}), record("b", {"x": "a"}))

        for pattern in ("a.c", "[abc]*", "a|b", "(a)*", "a\\*", "a{1}*", "~a*", "a+?c", "^a*", "#*", '"*'):
            assert shelf.found(Wildcard(pattern)) == shelf.found(Wildcard(pattern, "x")) == []

    def test_a_star_alone_is_any_word(self, shelf):
        shelf.put(record("a", {"x": "word"}), record("b", {"x": "!"}), record("c", {"y": "other"}))

        assert shelf.found(Wildcard("*")) == ["a", "c"]
        assert shelf.found(Wildcard("*", "x")) == ["a"]

    @pytest.mark.parametrize("path", [None, "x"])
    def test_a_fuzzy_word_is_near(self, shelf, path):
        words = ("lysozyme", "lyzosyme", "lysozym", "lysozymes", "lysozmye", "ysozyme", "ribosome")
        shelf.put(*(record(word, {"x": f"the {word} here"}) for word in words))

        assert shelf.found(Fuzzy("lysozyme", path=path)) == ["lysozmye", "lysozym", "lysozyme", "lysozymes", "ysozyme"]
        assert shelf.found(Fuzzy("LYSOZYME", 2, path)) == sorted(words[:-1])
        assert shelf.found(Fuzzy("rabosom", 2, path)) == ["ribosome"]

    def test_fuzzy_finds_all_that_is_near(self, shelf):
        letters = "abcdefghijklmnopqrstuvwxyz"
        words = [f"{one}{two}crystal" for one in letters for two in "abcd"]
        shelf.put(*(record(word, {"x": word}) for word in words))

        assert shelf.found(Fuzzy("crystal", 2)) == shelf.found(Fuzzy("crystal", 2, "x")) == words

    def test_wildcards_find_all_that_match(self, shelf):
        shelf.put(record("all", {"x": " ".join(f"w{i}" for i in range(3000))}), record("one", {"x": "w2999"}))

        assert shelf.found(Wildcard("w*9")) == shelf.found(Wildcard("w*9", "x")) == ["all", "one"]

    def test_text_in_any_script_is_found(self, shelf):
        shelf.put(record("a", {"x": "Кристалл λ=1.5Å"}), record("b", {"x": "結晶 構造"}), record("c", {"x": "x² ½ ١٢"}))

        assert shelf.found(Phrase("кристалл λ")) == ["a"]
        assert shelf.found(Phrase("構造")) == shelf.found(Wildcard("構*")) == ["b"]
        assert shelf.found(Phrase("١٢")) == ["c"]
