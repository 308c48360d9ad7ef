"""Lists ask the database little, however long they are, and read nothing of what their rows hold."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.publish import services as publish
from apps.publish.models import Submission, Version
from tests.publish.conftest import urn

LONG = "x" * 1000


@pytest.fixture
def many(make_form, draft_of, bob, alice):
    """Sixty submissions of Alice's, which wait for Bob."""
    form = make_form(reviewers=[urn(bob)])
    first = publish.submit(submission=draft_of(form), actor=alice, revision=1)
    for number in range(59):
        copy = publish.copy_submission(submission=first, actor=alice)
        Submission.objects.filter(pk=copy.pk).update(state="in_review", sent_at=copy.saved_at, name=f"Copy {number}")
    Submission.objects.update(content={"title": LONG})
    return form


@pytest.mark.parametrize(
    ("who", "url"),
    [
        ("alice", "/publish/"),
        ("alice", "/publish/drafts/?page=2"),
        ("alice", "/publish/{slug}/new/"),
        ("alice", "/api/publish/submissions?limit=50"),
        ("bob", "/publish/review/"),
    ],
)
def test_submissions_are_listed_by_few_questions(many, client, request, who, url):
    person = request.getfixturevalue(who)
    client.force_login(person)

    with CaptureQueriesContext(connection) as asked:
        answer = client.get(url.format(slug=many.slug))

    assert (answer.status_code, LONG in answer.text) == (200, False)
    assert len(asked) < 15
    assert not [one["sql"] for one in asked if '"publish_submission"."content"' in one["sql"]]


def test_versions_are_listed_without_what_they_hold(draft, published, alice, charlie, django_assert_num_queries):
    version = published(draft)
    for number in range(2, 12):
        again = Version.objects.get(pk=version.pk)
        again.pk, again.number = None, number
        again.save(force_insert=True)

    for reader in (alice, charlie):
        with django_assert_num_queries(2):
            found = publish.seen_versions(draft.pk, actor=reader)
            assert [one.number for one in found] == list(range(11, 0, -1))
            assert {one.name for one in found} == {version.name}
