"""Drafts are their author's and their co-authors', and nobody else knows of them."""

import pytest

from apps.common.errors import Invalid, NotAllowed
from apps.publish import services as publish
from apps.publish.errors import DraftChanged, NoSuchSubmission
from apps.publish.models import Submission
from tests.publish.conftest import urn


def save(draft, actor, revision=None, **content):
    told = publish.DraftChanges(content={**draft.content, **content})
    return publish.save_draft(submission=draft, actor=actor, revision=revision or draft.revision, told=told)


def test_nobody_but_its_author_knows_of_a_draft(draft, dana, bob, charlie, nobody):
    for other in (bob, charlie, nobody):
        with pytest.raises(NoSuchSubmission):
            publish.get_submission(draft.pk, actor=other)
        assert list(publish.find_submissions(actor=other)) == []


def test_who_may_see_everything_has_a_list_of_their_own_all_the_same(draft, dana):
    assert list(publish.find_submissions(actor=dana)) == []
    assert publish.get_submission(draft.pk, actor=dana) == draft


def test_the_second_tab_overwrites_nothing(draft, alice):
    saved = save(draft, alice, title="From the first tab")

    with pytest.raises(DraftChanged):
        save(draft, alice, title="From the second tab")

    assert publish.get_submission(draft.pk, actor=alice).content["title"] == "From the first tab"
    assert save(saved, alice, title="Then").revision == 3


def test_co_authors_write_with_them_and_viewers_do_not(draft, alice, bob, charlie):
    roles = {"editor": [urn(bob)], "viewer": [urn(charlie)]}
    publish.share_submission(submission=draft, actor=alice, roles=roles)

    assert save(draft, bob, energy=12.6).content["energy"] == 12.6
    with pytest.raises(NotAllowed):
        save(draft, charlie, revision=2, energy=1)


def test_what_is_wrong_is_kept_and_told_by_field(draft, alice):
    saved = save(draft, alice, title="", energy=-1)

    assert {fault.pointer for fault in publish.faults_of(saved)} == {"/title", "/energy"}


def test_a_copy_is_a_draft_of_who_made_it(draft, alice):
    copy = publish.copy_submission(submission=draft, actor=alice)

    assert copy.pk != draft.pk
    assert copy.content == draft.content
    assert copy.files == []


@pytest.mark.parametrize("title", ["\ud800", "x" * (2 << 20)])
def test_what_no_page_could_show_is_not_kept(draft, alice, title):
    with pytest.raises(Invalid):
        save(draft, alice, title=title)

    assert save(draft, alice, title="a\0b").name == "ab"


@pytest.mark.parametrize("levels", [61, 900])
def test_what_is_nested_too_deep_to_be_read_again_is_refused(draft, alice, levels):
    deep = "x"
    for _ in range(levels - 1):
        deep = [deep]

    with pytest.raises(Invalid, match="deeper than 60 levels"):
        save(draft, alice, any=deep)
    save(draft, alice, any=[[["x"]]])


def test_a_draft_that_is_thrown_away_while_it_is_saved_is_not_there(draft, dana):
    Submission.objects.filter(pk=draft.pk).delete()

    with pytest.raises(NoSuchSubmission):
        publish.save_draft(submission=draft, actor=dana, revision=1, told=publish.DraftChanges(note="Late"))
