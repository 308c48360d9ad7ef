"""The record page: everything that its reader sees, and nothing else."""

import pytest
from django.urls import reverse

from apps.access.types import PUBLIC, group_urn
from apps.web.links import record_url
from tests.web.conftest import entry


def page(client, subject, **parameters):
    return client.get(record_url("crystals", subject), parameters)


def test_a_record_shows_all_its_fields(client, index, put, alice):
    put(
        index,
        alice,
        entry("r", protein="PDL1", beam={"energy": 12.663}, files=[{"name": "a.png", "url": "https://x.org/a"}]),
    )

    html = page(client, "r").content.decode()

    for text in ("Run r", "PDL1", "12.663", "Energy", '<a href="https://x.org/a"', "a.png"):
        assert text in html


def test_a_reader_sees_just_the_entries_that_are_theirs(client, index, put, alice, bob, team):
    put(index, alice, entry("r", notes="for all"), entry("r", group_urn(team.id), "pi", notes="for the team"))

    seen = page(client, "r").content.decode()
    client.force_login(bob)
    seen_by_bob = page(client, "r").content.decode()

    assert ("for all" in seen, "for the team" in seen) == (True, False)
    assert ("for all" in seen_by_bob, "for the team" in seen_by_bob) == (True, True)


def test_who_sees_an_entry_is_told_to_those_with_a_role_alone(client, index, put, alice, bob, team):
    put(index, alice, entry("r", group_urn(team.id)))

    client.force_login(alice)
    assert 'data-who="group"' in page(client, "r").content.decode()
    client.force_login(bob)
    assert "data-who" not in page(client, "r").content.decode()


def test_what_is_hidden_gives_the_same_page_as_what_does_not_exist(client, shelf):
    hidden, missing = page(client, "d"), page(client, "x")

    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert hidden.content.replace(b"detail/d/", b"").replace(b"detail%2Fd%2F", b"") == missing.content.replace(
        b"detail/x/", b""
    ).replace(b"detail%2Fx%2F", b"")


@pytest.mark.parametrize(
    "subject",
    ["https://example.org/a b?c=d#e", "globus://c/S12//x/", "a%2Fb", "..", ".", "ü/日本", "x/detail/y", '"><script>'],
)
def test_any_subject_has_an_address(client, index, put, alice, subject):
    put(index, alice, entry(subject))

    assert page(client, subject).status_code == 200


def test_a_subject_that_an_old_portal_encoded_twice_is_found(client, index, put, alice):
    put(index, alice, entry("globus://c/S12/"))

    twice = reverse("web:index", args=["crystals"]) + "detail/globus%253A%252F%252Fc%252FS12%252F/"

    assert client.get(twice).status_code == 200


def test_json_comes_from_the_api(client, shelf):
    answer = page(client, "a", format="json")

    assert answer.status_code == 302
    assert answer["Location"] == f"/api/search/v1/index/{shelf.id}/subject?subject=a"


def test_content_cannot_smuggle_markup_into_the_page(client, index, put, alice):
    put(index, alice, entry("r", PUBLIC, notes="<script>alert(1)</script>", link="javascript:alert(1)"))

    html = page(client, "r").content.decode()

    assert "<script>alert" not in html
    assert 'href="javascript' not in html
