"""Approved, a submission becomes files, rules, entries and an identifier; each may see what they may see."""

import pytest

from apps.common.errors import NotAllowed
from apps.flows import services as flows
from apps.publish import services as publish
from apps.publish.errors import NoSuchSubmission, NotReady
from apps.publish.models import Submission
from apps.search import services as search
from apps.search.errors import NoSuchSubject
from apps.storage import services as storage
from apps.storage.errors import AccessDenied
from apps.storage.types import FilePath
from tests.publish.conftest import urn


def sees(index, subject, user):
    try:
        return {one.entry_id: one.content for one in search.record(index=index, subject=subject, actor=user).entries}
    except NoSuchSubject:
        return {}


def test_each_finds_what_is_meant_for_them(draft, published, index, alice, bob, charlie, nobody):
    version = published(draft)

    for user, entries in ((alice, {"", "team"}), (bob, {"", "team"}), (charlie, {""}), (nobody, {""})):
        assert sees(index, version.subject, user).keys() == entries
    assert sees(index, version.subject, nobody)[""]["title"] == "Lysozyme on a chip"
    assert len(sees(index, version.subject, nobody)[""]["files"]) == 3


def test_its_files_lie_where_the_plan_said_and_are_read_by_who_sees_it(draft, published, archive, tmp_path, nobody):
    version = published(draft)

    folder = tmp_path / "archive" / "Lysozyme" / draft.short_id / "v1" / "chip"
    assert sorted(one.name for one in folder.iterdir()) == [f"image_{number}.txt" for number in range(3)]
    storage.require(nobody, "r", archive, version.folder / "chip")


def test_its_files_are_listed_as_people_count(draft, published, tmp_path):
    for number in (10, 9):
        (tmp_path / "staging" / "chip" / f"image_{number}.txt").write_text("more")

    version = published(draft)

    names = [one["path"].rsplit("/", 1)[1] for one in version.files_json]
    assert names == [f"image_{number}.txt" for number in (0, 1, 2, 9, 10)]


def test_its_author_may_write_to_the_archive_no_more(draft, published, archive, alice):
    version = published(draft)

    for path in (version.folder, FilePath()):
        with pytest.raises(AccessDenied):
            storage.require(alice, "rw", archive, path)


def test_the_local_identifier_leads_to_its_page(make_form, draft_of, published):
    version = published(draft_of(make_form(identifier="local")))

    assert version.identifier_link.endswith(f"/id/{version.identifier}/")
    assert flows.url_of_identifier(version.identifier) == publish.url_of(version.submission_id, 1)


def test_what_is_not_ready_is_not_sent_in(draft, alice):
    told = publish.DraftChanges(content={"title": ""})
    saved = publish.save_draft(submission=draft, actor=alice, revision=1, told=told)

    with pytest.raises(NotReady):
        publish.submit(submission=saved, actor=alice, revision=2)


def test_reviewers_decide_and_nobody_decides_about_their_own(make_form, draft_of, alice, bob, charlie):
    form = make_form(reviewers=[urn(bob), urn(alice)])
    sent = publish.submit(submission=draft_of(form), actor=alice, revision=1)

    assert sent.state == Submission.State.IN_REVIEW
    for other in (alice, charlie):
        with pytest.raises((NotAllowed, NoSuchSubmission)):
            publish.approve(submission=sent, actor=other)
    assert publish.approve(submission=sent, actor=bob).state == Submission.State.PUBLISHING


def test_what_was_sent_back_is_a_draft_again(make_form, draft_of, alice, bob):
    sent = publish.submit(submission=draft_of(make_form(reviewers=[urn(bob)])), actor=alice, revision=1)

    back = publish.send_back(submission=sent, actor=bob, note="Name the protein.")

    assert back.state == Submission.State.DRAFT
    assert back.events.last().note == "Name the protein."
    with pytest.raises(NoSuchSubmission):  # a draft is nobody's but its authors'
        publish.approve(submission=back, actor=bob)


def test_a_new_version_takes_the_place_of_the_old_one_and_keeps_its_files(draft, published, index, alice, nobody):
    first = published(draft)
    again = publish.revise(submission=first.submission, actor=alice)
    told = publish.DraftChanges(content={**again.content, "title": "Better"})
    second = published(publish.save_draft(submission=again, actor=alice, revision=again.revision, told=told))

    assert (second.number, second.subject, second.folder) == (2, first.subject, first.folder)
    assert second.files_json == first.files_json
    assert sees(index, second.subject, nobody)[""]["title"] == "Better"
    assert sees(index, second.subject, nobody)[""]["version"] == "2"
    first.refresh_from_db()
    assert first.content["title"] == "Lysozyme on a chip"
