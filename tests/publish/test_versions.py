"""What was published stays citable, opens when its embargo is over, and leaves a tombstone when it is withdrawn."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.common.errors import Invalid, NotAllowed
from apps.flows.models import Identifier
from apps.publish import services as publish
from apps.publish.engine import opening, withdrawing
from apps.publish.errors import NoSuchSubmission, NoSuchVersion
from apps.publish.models import Submission, Version
from apps.publish.types import Wanted
from apps.search import ingest
from apps.storage import services as storage
from tests.publish.conftest import urn
from tests.publish.test_publishing import sees


def seen(version, user, number=None):
    """The ids of the entries that somebody sees of it; None if there is none for them."""
    try:
        shown = publish.get_version(version.submission_id, number, actor=user)
    except NoSuchVersion:
        return None
    return [one.entry_id for one in shown.record.entries] if shown.record else "tombstone"


@pytest.fixture
def embargoed(make_form, draft_of, published):
    draft = draft_of(make_form(identifier="local"))
    day = (timezone.now() + timedelta(days=3)).date().isoformat()
    told = publish.DraftChanges(wanted=Wanted("public", day))
    return published(publish.save_draft(submission=draft, actor=draft.author, revision=1, told=told))


def lift(version, index):
    """As sweepers and workers do on the day."""
    now = version.opens_at + timedelta(seconds=1)
    opening.lift(now)
    ingest.drain(index.pk, clock=timezone.now)
    return opening.lift(now)


def test_an_embargo_lifts_by_itself_everywhere(embargoed, index, archive, alice, nobody):
    assert sees(index, embargoed.subject, nobody) == {}
    assert seen(embargoed, nobody) is None
    assert not storage.may(nobody, "r", archive, embargoed.folder)

    assert opening.lift(timezone.now()) == 0
    assert lift(embargoed, index) == 1

    assert sees(index, embargoed.subject, nobody).keys() == {""}
    assert storage.may(nobody, "r", archive, embargoed.folder)
    assert opening.lift(embargoed.opens_at) == 0


def test_its_restricted_section_stays_restricted(embargoed, index, nobody, bob):
    lift(embargoed, index)
    Version.objects.update(opens_at=timezone.now())

    assert seen(embargoed, nobody) == [""]
    assert seen(embargoed, bob) == ["", "team"]


def test_an_older_version_is_seen_by_those_who_saw_it(draft, published, alice, nobody, charlie):
    first = published(draft)
    again = publish.revise(submission=first.submission, actor=alice)
    told = publish.DraftChanges(content={**again.content, "title": "Better"}, wanted=Wanted("authors"))
    published(publish.save_draft(submission=again, actor=alice, revision=again.revision, told=told))

    assert seen(first, charlie, 1) == [""]
    assert seen(first, charlie) is None
    assert [one.number for one in publish.versions_of(first.submission, actor=charlie)] == [1]
    assert publish.get_version(first.submission_id, 1, actor=nobody).is_newest is False


def withdrawn(version, index, actor):
    publish.withdraw(submission=Submission.objects.get(pk=version.submission_id), actor=actor, reason="Mislabelled.")
    for _ in range(3):
        Submission.objects.update(due_at=timezone.now())
        withdrawing.go_on(version.submission_id, timezone.now())
        ingest.drain(index.pk, clock=timezone.now)


def test_what_is_withdrawn_leaves_a_tombstone_and_nothing_else(
    make_form, draft_of, published, index, archive, alice, nobody
):
    version = published(draft_of(make_form(identifier="local")))

    withdrawn(version, index, alice)

    assert seen(version, nobody) == "tombstone"
    assert sees(index, version.subject, alice) == {}
    assert archive.rules.count() == 0
    assert Identifier.objects.get().state == Identifier.State.REGISTERED
    assert publish.get_version(version.submission_id, None, actor=nobody).version.reason == "Mislabelled."


def test_a_tombstone_is_no_leak(embargoed, index, alice, nobody):
    withdrawn(embargoed, index, alice)

    assert seen(embargoed, nobody) is None


def test_only_authors_and_reviewers_withdraw_and_say_why(draft, published, alice, charlie):
    submission = published(draft).submission
    submission.refresh_from_db()

    with pytest.raises((NotAllowed, NoSuchSubmission)):
        publish.withdraw(submission=submission, actor=charlie, reason="No.")
    with pytest.raises(Invalid):
        publish.withdraw(submission=submission, actor=alice, reason=" ")


def test_a_next_version_that_is_given_up_leaves_the_last_one(draft, published, alice):
    first = published(draft)
    again = publish.revise(submission=first.submission, actor=alice)
    told = publish.DraftChanges(content={"title": "Worse"})
    saved = publish.save_draft(submission=again, actor=alice, revision=again.revision, told=told)

    left = publish.delete_draft(submission=saved, actor=alice)

    assert (left.state, left.number, left.content) == ("published", 1, first.content)
    assert urn(alice) == left.author_urn
