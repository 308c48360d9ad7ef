"""Letting others in from a page, and a collection made of a folder."""

from datetime import UTC, datetime

import pytest
from django.core import mail

from apps.access.types import PUBLIC, group_urn, identity_urn
from apps.accounts import services as accounts
from apps.storage import services as storage
from apps.storage.models import Collection
from apps.storage.types import FilePath
from tests.web.files.conftest import text_of

pytestmark = pytest.mark.django_db
OPEN = FilePath.parse("/open/")


@pytest.fixture
def alices(client, alice, shared):
    client.force_login(alice)
    return client


@pytest.fixture
def of_charlie(charlie):
    return identity_urn(accounts.identity_ids_of(charlie)[0])


def may(person, permission, collection, path="/open/"):
    return storage.may(person, permission, collection, FilePath.parse(path))


def test_somebody_is_let_in_until_a_day(alices, at, shared, charlie, of_charlie):
    told = {"principal": of_charlie, "permissions": "rw", "until": "2999-12-30"}

    page = alices.post(at("share/", "/open/run7/"), told, follow=True)

    assert "charlie@vitrine.local may read and write /open/run7 now." in text_of(page)
    assert [may(charlie, "rw", shared, path) for path in ("/open/run7/", "/open/")] == [True, False]
    rule = shared.rules.get(principal=of_charlie)
    assert rule.expires_at == datetime(2999, 12, 31, tzinfo=UTC)
    assert 'value="2999-12-30"' in page.content.decode()


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"permissions": "r"}, "Choose whom to let in."),
        ({"permissions": "r", "principal": "root"}, "Choose one of those"),
        ({"permissions": "all", "principal": PUBLIC}, ""),
        ({"permissions": "r", "principal": PUBLIC, "until": "2020-01-01"}, "This day is past."),
        ({"permissions": "r", "principal": PUBLIC, "until": "9999-12-31"}, "before the year 9999"),
    ],
)
def test_what_makes_no_rule_is_told(alices, at, shared, told, why):
    page = alices.post(at("share/", "/open/"), told)

    assert (page.status_code, why in text_of(page)) == (400, True)
    assert shared.rules.count() == 2


def test_rules_here_above_and_below_are_told_apart_and_changed_and_removed(alices, at, shared, team, bob):
    rules = {rule.path: rule for rule in shared.rules.all()}
    page = text_of(alices.get(at("share/", "/open/run7/")))
    assert "from above: /open" in page
    assert "further down: /open/run7" in text_of(alices.get(at("share/", "/open/")))
    assert "Nobody but those" in text_of(alices.get(at("share/", "/secret/")))

    alices.post(at(f"share/{rules['/open/run7'].pk}/", "/open/"), {"permissions": "r", "until": ""})
    assert may(bob, "rw", shared, "/open/run7/") is False
    alices.post(at(f"share/{rules['/open'].pk}/", "/open/"), {"remove": "yes"})
    assert may(bob, "r", shared) is False


def test_people_and_groups_are_found_by_name_among_those_one_knows(alices, at, alice, bob, charlie, team):
    def found(text):
        return {name.text for name in alices.get(at("share/"), {"path": "/", "find": text}).context["candidates"]}

    assert found("bo") == {"Bob (bob@vitrine.local)"}
    assert found("charl") == set()
    assert found("charlie") == {"Charlie (charlie@vitrine.local)"}
    assert found("TEA") == {"team"}
    assert found("") == {"team", "All who are signed in", "Everybody, also without signing in"}


def test_only_who_administers_the_collection_sees_and_gives_rules(client, at, shared, bob, charlie, of_charlie):
    client.force_login(bob)
    page = client.get(at("share/", "/open/"))
    told = {"principal": of_charlie, "permissions": "r"}

    assert (page.status_code, page.context["rules"], page.context["candidates"]) == (200, (), ())
    assert client.post(at("share/", "/open/"), told).status_code == 403
    assert client.get(at("share/", "/secret/")).status_code == 403
    others = shared.rules.get(path="/open").pk
    assert client.post(at(f"share/{others}/", "/open/"), {"remove": "yes"}).status_code == 403
    client.force_login(charlie)
    assert client.post(at(f"share/{others}/", "/open/"), {"remove": "yes"}).status_code == 404
    assert may(charlie, "r", shared) is False


def test_a_guest_makes_a_collection_of_a_folder_and_lets_others_into_that(client, at, shared, bob, charlie, of_charlie):
    client.force_login(bob)
    made = client.post(at("share/guest/", "/open/run7/"), {"name": "Run 7 for Charlie"})
    guest = Collection.objects.get(parent=shared)
    assert made["Location"].startswith(f"/collections/{guest.pk}/share/")

    client.post(f"/collections/{guest.pk}/share/?path=/", {"principal": of_charlie, "permissions": "rw"})

    assert may(charlie, "rw", guest, "/") is True
    assert client.post(at("share/guest/", "/secret/"), {"name": "No"}).status_code == 403
    assert client.post(at("share/guest/", "/open/run7/"), {"name": ""}).status_code == 400


def test_the_person_is_told_by_mail_where_mail_is_sent(alices, at, of_charlie, settings, shared, team):
    settings.EMAIL_HOST = "mail.example"
    told = {"principal": of_charlie, "permissions": "r", "is_told": "on", "message": "The frames of run 7."}

    alices.post(at("share/", "/open/"), told)

    [sent] = mail.outbox
    assert (sent.to, sent.subject) == (["charlie@example.org"], "Alice shares files with you")
    assert f"{settings.PUBLIC_URL}/collections/{shared.pk}/?path=%2Fopen%2F" in sent.body
    assert "The frames of run 7." in sent.body
    page = alices.post(at("share/", "/open/"), told | {"principal": group_urn(team.pk)}, follow=True)
    assert "no address is known to write to" in text_of(page)


def test_a_name_with_two_lines_writes_no_header(alices, at, of_charlie, alice, settings):
    settings.EMAIL_HOST = "mail.example"
    type(alice).objects.filter(pk=alice.pk).update(name="Alice\nBcc: all@example.org")

    alices.post(at("share/", "/open/"), {"principal": of_charlie, "permissions": "r", "is_told": "on"})

    assert mail.outbox[0].subject == "Alice Bcc: all@example.org shares files with you"


def test_what_is_chosen_is_shared(alices, at):
    one = alices.post(at("share/", "/open/"), {"a-chosen": ["run7"]})
    none = alices.post(at("share/", "/open/"), {})
    two = alices.post(at("share/", "/open/"), {"a-chosen": ["run7", "page.html"]}, follow=True)

    assert "path=%2Fopen%2Frun7%2F" in one["Location"]
    assert "path=%2Fopen%2F&" in none["Location"]
    assert "Share one file or folder at a time" in text_of(two)
