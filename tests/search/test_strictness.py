"""An index that is strict takes at a path what was there before, as hosted Globus Search does."""

import pytest

from apps.search import services as search
from tests.search.conftest import entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def strict(index, alice):
    return search.update_index(index=index, actor=alice, is_strict=True)


@pytest.mark.parametrize(
    ("first", "later"),
    [(1, "one"), (1, True), (True, 1), ("2021-04-30", "soon"), ("2021-04-30", 7), (1, ["2", 3])],
)
def test_another_kind_at_a_path_is_refused(strict, put, find, first, later):
    put(entry("a", value=first))

    task = put(entry("b", value=later), entry("c", other=later))

    assert [(each.subject, each.path) for each in task.failures.all()] == [("b", "content.value")]
    assert "this index is strict" in task.failures.get().reason
    assert find() == ["a", "c"]


@pytest.mark.parametrize("later", [1, 2.5, True, "2021-04-30", None, []])
def test_a_path_of_texts_takes_all_that_is_plain(strict, put, later):
    put(entry("a", value="one"))

    assert put(entry("b", value=later)).state == "SUCCESS"


def test_what_one_document_brings_counts_for_the_next_of_the_same_task(strict, put, find):
    task = put(entry("a", value=1), entry("b", value="one"), entry("c", value=2))

    assert (task.done, task.failed) == (2, 1)
    assert find() == ["a", "c"]


def test_nothing_of_a_refused_document_counts(strict, put):
    put(entry("a", value=1))
    put(entry("b", value="one", fresh="text"))

    assert put(entry("c", fresh=3)).state == "SUCCESS"


def test_what_was_there_before_an_index_became_strict_may_come_again(index, alice, put):
    put(entry("a", value=1), entry("b", value=True))
    search.update_index(index=index, actor=alice, is_strict=True)

    assert put(entry("c", value=2), entry("d", value=False)).state == "SUCCESS"
    assert put(entry("e", value="text")).failed == 1


def test_an_index_is_not_strict_unless_it_is_told_to_be(put, find):
    put(entry("a", value=1))

    assert put(entry("b", value="one")).state == "SUCCESS"
    assert find() == ["a", "b"]
