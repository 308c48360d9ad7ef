"""What stands in a draft, in its plan and in who will see it is told to nobody who may not see it, at any address."""

import json

import pytest

from apps.common import places
from apps.publish import services as publish
from apps.web.publish.drafts.urls import urlpatterns
from tests.publish.conftest import urn
from tests.web.publish.test_drafts import now

SECRETS = ("zyzzogeton", "psithurism", "hyperborea")
"""In the title, in the notes of the team, and in a note to reviewers."""


@pytest.fixture
def secret(draft, alice):
    content = places.put(places.put(draft.content, "/title", "Zyzzogeton"), "/notes", "psithurism")
    told = publish.DraftChanges(content=content, note="hyperborea")
    return publish.save_draft(submission=draft, actor=alice, revision=draft.revision, told=told)


def answers(browser, secret, form):
    """What each address tells somebody, asked and sent to."""
    for one in urlpatterns:
        parts = {"draft_id": str(secret.pk), "form_slug": form.slug}
        address = "/publish/" + str(one.pattern)
        for name, told in parts.items():
            address = address.replace(f"<uuid:{name}>", told).replace(f"<slug:{name}>", told)
        sent = {"draft": str(secret.pk), "revision": secret.revision, "do": "save", "find": "z"}
        for answer in (browser.get(address, sent), browser.post(address, sent)):
            yield address, answer.content.decode().lower() + json.dumps(dict(answer.headers)).lower()


@pytest.mark.parametrize("who", ["nobody", "charlie", "bob"])
def test_drafts_and_plans_tell_strangers_nothing(who, browser, secret, form, request):
    user = None if who == "nobody" else request.getfixturevalue(who)

    told = [(at, word) for at, text in answers(browser(user), secret, form) for word in SECRETS if word in text]

    assert told == []
    assert now(secret).state == "draft"


def test_one_who_sees_it_reads_all_and_changes_nothing(browser, secret, alice, charlie, form):
    publish.share_submission(submission=secret, actor=alice, roles={"viewer": [urn(charlie)]})

    told = {word for _, text in answers(browser(charlie), secret, form) for word in SECRETS if word in text}

    assert told >= {"zyzzogeton", "psithurism"}
    assert now(secret).revision == secret.revision
