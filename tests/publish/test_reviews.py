"""Reviewers find what waits for them, see what differs, and talk with its author about fields."""

import pytest

from apps.common.errors import Invalid, NotAllowed
from apps.publish import services as publish
from apps.publish.comparing import differences
from apps.publish.errors import DraftChanged, NoSuchComment, NoSuchSubmission
from apps.publish.laying import laid_out
from tests.publish.conftest import SCHEMA, urn


@pytest.fixture
def form(make_form, bob):
    """Bob reviews."""
    return make_form(reviewers=[urn(bob)])


@pytest.fixture
def sent(draft, alice):
    return publish.submit(submission=draft, actor=alice, revision=1)


def test_what_was_sent_in_waits_for_reviewers_alone(sent, alice, bob, charlie, nobody, dana):
    found = {user: list(publish.waiting_for(user)) for user in (alice, bob, charlie, nobody, dana)}

    assert found == {alice: [], bob: [sent], charlie: [], nobody: [], dana: [sent]}
    assert [publish.may_decide(user, sent) for user in (alice, bob, charlie, nobody)] == [False, True, False, False]


def test_nobody_is_asked_to_review_what_they_write(make_form, draft_of, alice, bob):
    draft = draft_of(make_form(reviewers=[urn(alice), urn(bob)]))
    publish.share_submission(submission=draft, actor=alice, roles={"editor": [urn(bob)]})
    sent = publish.submit(submission=draft, actor=alice, revision=1)

    assert [list(publish.waiting_for(user)) for user in (alice, bob)] == [[], []]
    assert not publish.may_decide(bob, sent)


def test_drafts_and_what_was_decided_wait_for_nobody(draft, sent, alice, bob):
    publish.take_back(submission=sent, actor=alice)

    assert list(publish.waiting_for(bob)) == []


def test_reviewers_and_authors_comment_on_fields_and_settle(sent, alice, bob):
    asked = publish.comment(submission=sent, actor=bob, pointer="/sample/protein", text=" Which one?\r\nSay it. ")
    publish.comment(submission=sent, actor=alice, text="All of it is here.")

    publish.settle(submission=sent, comment_id=asked.pk, actor=alice)

    told = [(one.pointer, one.text, one.is_settled, one.by) for one in publish.comments_of(sent, actor=bob)]
    assert told == [
        ("/sample/protein", "Which one?\nSay it.", True, urn(bob)),
        ("", "All of it is here.", False, urn(alice)),
    ]


@pytest.mark.parametrize(
    ("pointer", "text"), [("", " "), ("", "x" * 4001), ("/nothing", "x"), ("title", "x"), ("/title\0", "x")]
)
def test_what_is_no_comment_is_refused(sent, bob, pointer, text):
    with pytest.raises(Invalid):
        publish.comment(submission=sent, actor=bob, pointer=pointer, text=text)


def test_fields_that_are_not_filled_in_can_be_asked_for(sent, bob):
    assert publish.comment(submission=sent, actor=bob, pointer="/energy", text="How much?").pk


def test_who_was_only_shown_it_reads_comments_and_writes_none(sent, alice, bob, charlie):
    asked = publish.comment(submission=sent, actor=bob, text="Why?")
    publish.share_submission(submission=sent, actor=alice, roles={"viewer": [urn(charlie)]})

    assert publish.comments_of(sent, actor=charlie) == [asked]
    with pytest.raises(NotAllowed):
        publish.comment(submission=sent, actor=charlie, text="So.")
    with pytest.raises(NotAllowed):
        publish.settle(submission=sent, comment_id=asked.pk, actor=charlie)


def test_strangers_know_of_no_comments(sent, bob, charlie, nobody):
    publish.comment(submission=sent, actor=bob, text="Why?")

    for who in (charlie, nobody):
        with pytest.raises(NoSuchSubmission):
            publish.comments_of(sent, actor=who)
    with pytest.raises(NoSuchSubmission):
        publish.comment(submission=sent, actor=charlie, text="So.")


def test_a_comment_of_another_submission_is_not_settled_by_its_number(sent, form, draft_of, alice, bob):
    asked = publish.comment(submission=sent, actor=bob, text="Why?")

    with pytest.raises(NoSuchComment):
        publish.settle(submission=draft_of(form), comment_id=asked.pk, actor=alice)


def test_what_was_changed_since_a_reviewer_looked_is_not_approved(sent, alice, bob):
    back = publish.take_back(submission=sent, actor=alice)
    told = publish.DraftChanges(content={**back.content, "title": "Another"})
    saved = publish.save_draft(submission=back, actor=alice, revision=back.revision, told=told)
    again = publish.submit(submission=saved, actor=alice, revision=saved.revision)

    with pytest.raises(DraftChanged):
        publish.approve(submission=again, actor=bob, revision=sent.revision)


def test_a_next_version_is_compared_with_the_last_one(make_form, draft_of, published, alice, bob, charlie):
    first = published(draft_of(make_form()))
    again = publish.revise(submission=first.submission, actor=alice)
    told = publish.DraftChanges(content={"title": "Better", "sample": again.content["sample"], "energy": 12})
    saved = publish.save_draft(submission=again, actor=alice, revision=again.revision, told=told)

    compared = publish.compare_with_last(saved, actor=alice)

    assert compared.version == first
    assert [(one.kind, one.label) for one in compared.differences] == [
        ("changed", "Title"),
        ("added", "energy"),
        ("removed", "notes"),
    ]
    with pytest.raises(NoSuchSubmission):
        publish.compare_with_last(saved, actor=charlie)


def test_what_was_never_published_is_compared_with_nothing(sent, bob):
    assert publish.compare_with_last(sent, actor=bob) is None


PEOPLE = {
    "type": "object",
    "properties": {
        "people": {
            "type": "array",
            "title": "People",
            "items": {"type": "object", "properties": {"name": {"type": "string", "title": "Name"}}},
        }
    },
}


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ({"people": [{"name": "A"}]}, {"people": [{"name": "B"}]}, [("/people/0/name", "People 1 › Name", "changed")]),
        ({"people": [{"name": "A"}]}, {"people": [{"name": "B"}, {"name": "A"}]}, [("/people/0", "People 1", "added")]),
        ({"people": [{"name": "A"}, {}]}, {"people": [{}]}, [("/people/0", "People 1", "removed")]),
        ({"x": 1}, {"x": True}, [("/x", "x", "changed")]),
        ({"x": {"a": 1}}, {"x": {"a": 1}}, []),
        ({}, {"x/y": None}, [("/x~1y", "x/y", "added")]),
    ],
)  # fmt: skip
def test_differences_are_told_field_by_field(before, after, told):
    found = differences(PEOPLE, before, after)

    assert [(one.pointer, one.label, one.kind.value) for one in found] == told
    assert differences(SCHEMA, after, after) == []


def test_what_is_filled_in_is_laid_out_line_by_line_in_the_order_of_the_form():
    content = {"extra": [1, 2], "notes": "n", "sample": {"x": [{"a": 1}, {"a": 2}]}, "title": "T"}

    lines = laid_out(SCHEMA, content)

    assert [(one.pointer, one.number, one.depth, one.section, one.is_missing) for one in lines] == [
        ("/title", 0, 0, "", False),
        ("/sample", 0, 0, "", False),
        ("/sample/x/0", 1, 1, "", False),
        ("/sample/x/0/a", 0, 2, "", False),
        ("/sample/x/1", 2, 1, "", False),
        ("/sample/x/1/a", 0, 2, "", False),
        ("/notes", 0, 0, "team", False),
        ("/extra", 0, 0, "", False),
        ("/energy", 0, 0, "", True),
    ]


def test_a_page_has_an_end_and_deep_values_are_one_line():
    deep = {"a": {"a": {"a": {"a": {"a": {"a": {"a": {"a": 1}}}}}}}}

    assert len(laid_out({}, {str(number): number for number in range(2_000)})) == 600
    assert laid_out({}, deep)[-1].value == {"a": 1}
