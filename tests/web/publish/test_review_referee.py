"""A link shows a submission to whoever has it; a wrong, an expired and a withdrawn one are answered alike."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from apps.common import places
from apps.publish import services as publish
from apps.publish.models import Link
from apps.web.publish.review.urls import urlpatterns
from tests.publish.conftest import urn
from tests.web.flows.conftest import text

SECRETS = ("zyzzogeton", "psithurism", "hyperborea", "borborygmus")
"""In the title, in the notes of the team, in a note to reviewers, and in a comment."""


@pytest.fixture
def form(make_form, bob):
    return make_form(reviewers=[urn(bob)])


@pytest.fixture
def draft(draft, alice):
    content = places.put(places.put(draft.content, "/title", "Zyzzogeton"), "/notes", "psithurism")
    content = {**content, "authors": ["Alice Liddell"]}
    return publish.save_draft(
        submission=draft, actor=alice, revision=draft.revision, told=publish.DraftChanges(content=content)
    )


@pytest.fixture
def sent(draft, alice, bob):
    sent = publish.submit(submission=draft, actor=alice, revision=draft.revision, note="hyperborea")
    publish.comment(submission=sent, actor=bob, pointer="/title", text="Borborygmus?")
    return sent


@pytest.fixture
def page(draft):
    return f"/publish/review/{draft.pk}/links/"


@pytest.fixture
def made(mine, page):
    """The address of a link, made on the page."""

    def made(**told):
        answer = mine.post(page, {"days": "14", "label": "Referee 2", **told})
        return answer.context["new_url"].removeprefix("http://localhost:8000").removeprefix("http://testserver")

    return made


def path_of(url):
    return "/publish/" + url.partition("/publish/")[2]


def test_it_is_shown_once_and_opens_for_anybody(sent, made, mine, page, browser, charlie):
    url = path_of(made())

    assert url.rsplit("/", 2)[1] not in mine.get(page).content.decode()
    for who in (None, charlie):
        answer = browser(who).get(url)
        assert (answer.status_code, "Zyzzogeton" in text(answer), "chip" in text(answer)) == (200, True, True)


def test_it_tells_neither_names_nor_what_is_restricted_nor_what_reviewers_say(sent, made, browser):
    answer = text(browser().get(path_of(made())))

    assert "Left out, because they name people: authors." in answer
    for word in ("Liddell", "alice", "Alice", "psithurism", "hyperborea", "Borborygmus", str(sent.pk)):
        assert word not in answer


def test_with_names_it_says_who_wrote_it(sent, made, browser):
    answer = text(browser().get(path_of(made(shows_authors="yes"))))

    assert "By alice@vitrine.local." in answer
    assert "Liddell" in answer
    assert "psithurism" not in answer


def test_nobody_keeps_it_finds_it_or_learns_the_address(sent, made, browser):
    url = path_of(made())
    for at in (url, "/publish/referee/wrong/"):
        answer = browser().get(at)
        assert "no-store" in answer["Cache-Control"]
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "noindex" in answer["X-Robots-Tag"]
        assert url not in answer.content.decode()


def test_wrong_expired_and_withdrawn_ones_are_answered_alike(sent, made, browser, mine, page):
    expired, withdrawn, gone = (path_of(made()) for _ in range(3))
    newest, middle, eldest = Link.objects.all()
    Link.objects.filter(pk=eldest.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    mine.post(f"{page}{middle.pk}/")
    Link.objects.filter(pk=newest.pk).delete()

    answers = [
        browser().get(at) for at in (expired, withdrawn, gone, "/publish/referee/wrong/", "/publish/referee/%00/")
    ]

    assert {one.status_code for one in answers} == {404}
    assert len({one.content for one in answers}) == 1


def test_a_link_opens_nothing_else(sent, made, browser, draft):
    visitor = browser()
    visitor.get(path_of(made()))

    for at in (f"/publish/review/{draft.pk}/", f"/publish/drafts/{draft.pk}/", f"/publish/drafts/{draft.pk}/plan/"):
        assert visitor.get(at).status_code == 302
    assert visitor.post(path_of(made()), {"do": "approve"}).status_code == 405


def test_nobody_tries_secrets_one_after_the_other(db, browser):
    cache.clear()

    answers = [browser().get(f"/publish/referee/{number}/").status_code for number in range(40)]

    assert (answers[0], answers[-1]) == (404, 429)
    cache.clear()


@pytest.mark.parametrize("days", ["", "0", "181", "x", "-7"])
def test_one_that_lasts_otherwise_is_not_made(draft, mine, page, days):
    assert mine.post(page, {"days": days}).status_code == 400
    assert Link.objects.count() == 0


def test_a_reviewer_sees_and_withdraws_their_own_alone(sent, made, browser, bob, page):
    made()
    hers = Link.objects.get()
    browser(bob).post(page, {"days": "7", "label": "Mine"})

    assert [one.label for one in browser(bob).get(page).context["links"]] == ["Mine"]
    assert browser(bob).post(f"{page}{hers.pk}/").status_code == 404
    hers.refresh_from_db()
    assert hers.withdrawn_at is None


@pytest.mark.parametrize("who", ["nobody", "charlie"])
def test_pages_of_reviews_tell_strangers_nothing(who, browser, sent, request):
    user = None if who == "nobody" else request.getfixturevalue(who)
    visitor, told = browser(user), []
    for one in urlpatterns:
        parts = {"uuid:submission_id": sent.pk, "uuid:draft_id": sent.pk, "uuid:link_id": sent.pk}
        address = "/publish/" + str(one.pattern)
        for name, value in {**parts, "int:comment_id": 1, "str:secret": "x"}.items():
            address = address.replace(f"<{name}>", str(value))
        for answer in (visitor.get(address), visitor.post(address, {"do": "approve", "text": "x", "days": "7"})):
            page = answer.content.decode().lower() + str(dict(answer.headers)).lower()
            told += [(address, word) for word in SECRETS if word in page]

    assert told == []
    sent.refresh_from_db()
    assert (sent.state, sent.comments.count(), sent.links.count()) == ("in_review", 1, 0)
