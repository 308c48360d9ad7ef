"""Records that were published by a form, and browsers of those who look at them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from apps.publish import services as publish
from apps.publish.types import Wanted
from apps.web import links


def page_of(version):
    return f"/records/{version.submission_id}/v{version.number}/"


def record_of(version):
    return links.record_url(version.index.slug, version.subject)


@pytest.fixture
def get():
    """What a person, or nobody (None), is answered."""
    clients = {}

    def get(url, user=None, *, method="get", **more):
        if user not in clients:
            clients[user] = Client()
            if user is not None:
                clients[user].force_login(user)
        return getattr(clients[user], method)(url, **more)

    return get


@pytest.fixture
def version(draft, published):
    """Public, but for the notes, which are the team's."""
    return published(draft)


@pytest.fixture
def revised(published, alice):
    """Publish it again, with another title, for others."""

    def revised(version, choice):
        version.submission.refresh_from_db()
        again = publish.revise(submission=version.submission, actor=alice)
        told = publish.DraftChanges(content={**again.content, "title": "Better"}, wanted=Wanted(choice))
        return published(publish.save_draft(submission=again, actor=alice, revision=again.revision, told=told))

    return revised


@pytest.fixture
def embargoed(draft, published):
    """For everybody, in three days; until then for its authors."""
    day = (timezone.now() + timedelta(days=3)).date().isoformat()
    told = publish.DraftChanges(wanted=Wanted("public", day))
    return published(publish.save_draft(submission=draft, actor=draft.author, revision=1, told=told))
