"""An entry that is put only if the one before says what its writer read: of two who read the same, one is taken."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.search import services as search
from apps.search.errors import InvalidDocument
from apps.search.forms import entries
from apps.search.types import SubjectRemoval
from tests.search.conftest import drained, entry

pytestmark = pytest.mark.django_db
steady = settings(deadline=None, derandomize=True, max_examples=40, suppress_health_check=list(HealthCheck))


def only_if(draft, **told):
    return replace(draft, only_if={path.replace("__", "."): value for path, value in told.items()})


def content(index, actor, entry_id=""):
    return {one.entry_id: one.content for one in search.record(index=index, subject="a", actor=actor).entries}[entry_id]


def test_of_two_that_were_written_on_what_both_read_one_is_taken(put, index, alice):
    put(entry("a", dc={"version": "1"}))
    tasks = [
        search.submit_entries(index=index, actor=alice, entries=[only_if(one, dc__version="1")])
        for one in (entry("a", dc={"version": "2"}, by="one"), entry("a", dc={"version": "2"}, by="two"))
    ]
    states = [drained(task).state for task in tasks]

    assert states == ["SUCCESS", "FAILED"]
    assert content(index, alice)["by"] == "one"
    failure = tasks[1].failures.get()
    assert (failure.path, failure.reason) == ("only_if", "The entry says something else. Read it, and ask anew.")


def test_a_new_one_is_put_only_if_there_is_none(put, index, alice):
    draft = only_if(entry("a", n=1), n=None)

    assert [put(draft).state, put(replace(draft, content={"n": 2})).state] == ["SUCCESS", "FAILED"]
    assert put(replace(draft, entry_id="notes")).state == "SUCCESS"
    assert content(index, alice) == content(index, alice, "notes") == {"n": 1}


VALUES = st.sampled_from([None, 1, 1.0, 2.5, "é", "e\u0301", "x", True])


@steady
@given(st.lists(st.tuples(VALUES, VALUES) | st.none(), max_size=8))
def test_what_is_taken_is_what_a_plain_evaluator_takes(put, writes):
    put(SubjectRemoval("a"))
    stands, expected, drafts = None, [], []
    for write in writes:
        if write is None:
            drafts, stands = [*drafts, SubjectRemoval("a")], None
            continue
        told, value = (one.replace("e\u0301", "é") if isinstance(one, str) else one for one in write)
        expected.append(stands == told and (stands is True) == (told is True))
        stands = value if expected[-1] else stands
        drafts.append(replace(entry("a", v=write[1]), only_if={"v": told}))

    task = put(*drafts)

    failed = set(task.failures.values_list("number", flat=True))
    numbers = [number for number, draft in enumerate(drafts) if not isinstance(draft, SubjectRemoval)]
    assert [number not in failed for number in numbers] == expected


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ("1", "{'only_if': ['must be an object']}"),
        ({"a": [1]}, "{'only_if': {'a': ['must be a text, a number, true or false']}}"),
        ({"": 1}, "{'only_if': {'': ['must not be empty']}}"),
        ({f"a{n}": 1 for n in range(21)}, "{'only_if': ['must hold at most 20 paths']}"),
    ],
)
def test_a_condition_that_cannot_be_is_told_with_its_place(told, why):
    with pytest.raises(InvalidDocument) as refused:
        entries.entry({"subject": "a", "visible_to": ["public"], "content": {"n": 1}, "only_if": told})

    assert str(refused.value.details["messages"]["json"]) == why
