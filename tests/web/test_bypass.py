"""Administrators of an index may look at all of it, as at the API: when they ask for it, and told so."""

import pytest

from apps.access.types import identity_urn
from apps.accounts import services as accounts
from apps.web.links import record_url
from tests.web.conftest import entry

SAID = "whoever it is shared with"
ALL = {"bypass_visible_to": "true"}


@pytest.fixture
def secret(shelf, put, alice, charlie):
    """Of what was Alice's record, Charlie alone sees a part by now."""
    put(shelf, alice, entry("f", identity_urn(accounts.identity_ids_of(charlie)[0]), "note", note="for Charlie"))
    return record_url("crystals", "f")


def test_all_of_a_record_is_for_those_who_administer_its_index(client, secret, alice, bob, charlie):
    def told(user):
        client.force_login(user) if user else client.logout()
        answers = [client.get(secret, asked) for asked in ({}, ALL)]
        return [answer.status_code for answer in answers], SAID in answers[1].content.decode()

    assert told(alice) == ([200, 200], True)
    assert told(charlie) == ([200, 403], False)
    assert [told(user) for user in (bob, None)] == [([404, 403], False)] * 2


def test_nobody_sees_more_by_default(client, secret, alice):
    client.force_login(alice)

    usual, whole = (client.get(secret, asked) for asked in ({}, ALL))

    assert ("for Charlie" in usual.content.decode(), SAID in usual.content.decode()) == (False, False)
    assert ("for Charlie" in whole.content.decode(), whole.context["page"].own_url.endswith(secret)) == (True, True)


def test_who_may_not_is_told_the_same_of_records_that_are_not_there(client, secret, bob):
    client.force_login(bob)

    answers = [client.get(record_url("crystals", subject), ALL).status_code for subject in ("a", "f", "nowhere")]

    assert answers == [403, 403, 403]


def test_a_search_of_all_leads_on_to_all(client, secret, alice):
    client.force_login(alice)
    found = client.get("/crystals/", {"q": "charlie", **ALL})

    record = client.get(found.context["page"].hits[0].url)
    json = client.get(record.context["page"].json_url).json()

    assert [SAID in answer.content.decode() for answer in (found, record)] == [True, True]
    assert [entry["entry_id"] for entry in json["entries"]] == [None, "note"]
    assert all("bypass_visible_to=true" in one.card.url for one in record.context["similar"])
