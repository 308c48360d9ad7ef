"""An address shows a submission to whoever has it, until it expires; and nothing else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.accounts.models import AuditEvent
from apps.common.errors import Invalid, NotAllowed
from apps.publish import services as publish
from apps.publish.errors import NoSuchLink, NoSuchSubmission
from apps.publish.models import Link
from apps.publish.people import without_people
from tests.publish.conftest import SCHEMA, urn

NOW = timezone.now()
CREATORS = {"type": "array", "title": "Creators", "items": {"type": "object"}}


@pytest.fixture
def form(make_form, bob):
    """Bob reviews, and it asks for names."""
    return make_form(
        reviewers=[urn(bob)], schema={**SCHEMA, "properties": {**SCHEMA["properties"], "creators": CREATORS}}
    )


@pytest.fixture
def draft(draft, alice):
    told = publish.DraftChanges(content={**draft.content, "creators": [{"name": "Alice"}]})
    return publish.save_draft(submission=draft, actor=alice, revision=1, told=told)


@pytest.fixture
def make(draft, alice):
    def make(actor=alice, *, days=14, submission=draft, **told):
        expires_at = NOW + timedelta(days=days)
        return publish.make_link(submission=submission, actor=actor, expires_at=expires_at, now=NOW, **told)

    return make


def secret_in(url):
    return url.rstrip("/").rsplit("/", 1)[-1]


def shown(url, days=0):
    try:
        return publish.by_secret(secret_in(url), now=NOW + timedelta(days=days))
    except NoSuchLink:
        return None


def test_it_shows_what_all_may_see_without_names(make):
    _, url = make()

    told = shown(url)

    assert (told.name, told.files, told.authors, told.left_out) == ("Lysozyme on a chip", ("chip",), (), ("Creators",))
    assert told.content == {"title": "Lysozyme on a chip", "sample": {"protein": "Lysozyme"}}


def test_with_names_it_shows_who_wrote_it(make):
    told = shown(make(shows_authors=True)[1])

    assert (told.authors, told.left_out) == (("alice@vitrine.local",), ())
    assert told.content["creators"] == [{"name": "Alice"}]
    assert "notes" not in told.content  # a restricted section stays one


def test_only_a_digest_of_its_secret_is_kept(make):
    link, url = make(label="Referee 2")

    kept = str(Link.objects.values().get()) + str(list(AuditEvent.objects.values()))
    assert secret_in(url) not in kept
    assert (len(link.digest), AuditEvent.objects.get(action="submission.link_made").details["link"]) == (
        64,
        str(link.pk),
    )


def test_it_expires_and_is_withdrawn(make, draft, alice):
    link, url = make(days=3)
    other = make(days=3)[1]

    assert [bool(shown(url, days)) for days in (2, 3, 4)] == [True, False, False]
    publish.withdraw_link(submission=draft, link_id=link.pk, actor=alice, now=NOW)
    assert (shown(url), bool(shown(other))) == (None, True)
    assert shown("/wrong/") is None


@pytest.mark.parametrize("days", [-1, 0, 181])
def test_none_is_made_that_is_over_or_lasts_too_long(make, days):
    with pytest.raises(Invalid):
        make(days=days)


def test_author_and_reviewers_make_them_and_nobody_else(make, draft, alice, bob, charlie):
    publish.share_submission(submission=draft, actor=alice, roles={"editor": [urn(charlie)]})

    with pytest.raises(NotAllowed):
        make(charlie)
    with pytest.raises(NoSuchSubmission):  # it is not sent in yet
        make(bob)
    sent = publish.submit(submission=draft, actor=alice, revision=draft.revision)
    assert shown(make(bob, submission=sent)[1])


def test_one_shows_no_more_than_who_made_it_may_see(make, draft, alice, bob, form, dana):
    sent = publish.submit(submission=draft, actor=alice, revision=draft.revision)
    url = make(bob, submission=sent)[1]

    publish.take_back(submission=sent, actor=alice)
    assert shown(url) is None
    publish.submit(submission=draft, actor=alice, revision=draft.revision)
    assert shown(url)
    publish.change_form(form=form, actor=dana, told=publish.FormChanges(roles={"reviewer": []}))
    assert shown(url) is None


def test_the_author_sees_all_links_and_a_reviewer_their_own(make, draft, alice, bob, charlie):
    hers, _ = make()
    sent = publish.submit(submission=draft, actor=alice, revision=draft.revision)
    his, _ = make(bob, submission=sent)

    assert set(publish.links_of(sent, actor=alice, now=NOW)) == {hers, his}
    assert publish.links_of(sent, actor=bob, now=NOW) == [his]
    with pytest.raises(NoSuchLink):
        publish.withdraw_link(submission=sent, link_id=hers.pk, actor=bob, now=NOW)
    with pytest.raises(NoSuchSubmission):
        publish.links_of(sent, actor=charlie, now=NOW)


def test_what_names_people_is_left_out_at_any_depth_unless_the_form_says_otherwise():
    schema = {
        "properties": {
            "owner": {"x-people": False},
            "boss": {"x-people": True},
            "runs": {"items": {"properties": {"who": {"format": "orcid"}, "rate": {}}}},
        }
    }
    value = {
        "owner": "the facility",
        "boss": "B",
        "runs": [{"who": "0000", "rate": 1}],
        "a": {"Authors": ["A"], "b": 2},
    }

    kept, left_out = without_people(schema, value)

    assert kept == {"owner": "the facility", "runs": [{"rate": 1}], "a": {"b": 2}}
    assert left_out == ["/boss", "/runs/0/who", "/a/Authors"]
