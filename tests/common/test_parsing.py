"""Texts of requests, each read in one way wherever it stands."""

from uuid import UUID

import pytest

from apps.common.errors import Invalid, NotFound
from apps.common.parsing import id_in, is_true, number_in, uuid_in, words_in

ID = "0d1f0a6e-7c1e-4f0e-9d5f-6c1a6a3f7e55"


@pytest.mark.parametrize(("text", "words"), [("", []), (" , ,", []), ("a", ["a"]), (" a,,b c ,", ["a", "b c"])])
def test_words_stand_between_commas(text, words):
    assert words_in(text) == words


@pytest.mark.parametrize(
    ("word", "is_set"), [("True", True), ("1", True), ("false", False), ("yes", False), ("", False)]
)
def test_a_flag_is_set_by_few_words(word, is_set):
    assert is_true(word) is is_set


@pytest.mark.parametrize("told", ["", "none", "0d1f0a6e", "\0", None, 7, ["a"], {"id": ID}])
def test_what_is_no_id_is_named_with_its_place(told):
    with pytest.raises(Invalid) as refused:
        uuid_in(told, "owner")

    assert refused.value.place == "owner"
    assert uuid_in(ID, "owner") == UUID(ID)


@pytest.mark.parametrize("told", ["", "none", "\0", None])
def test_what_is_no_id_is_answered_as_one_that_nothing_has(told):
    with pytest.raises(NotFound):
        id_in(told, NotFound)

    assert id_in(ID, NotFound) == UUID(ID)


@pytest.mark.parametrize("told", ["-1", "1.0", "1e3", "٣", "²", "9" * 10, "x"])
def test_what_is_no_number_is_named_with_its_place(told):
    with pytest.raises(Invalid) as refused:
        number_in(told, "limit", otherwise=5)

    assert refused.value.place == "limit"
    assert [number_in(each, "limit", otherwise=5) for each in (None, "", "0", "12")] == [5, 5, 0, 12]
