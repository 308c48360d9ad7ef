from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from apps.accounts import services as accounts
from apps.accounts.models import Identity

URL = "/api/auth/v2/oauth2/userinfo"
SOON = timedelta(hours=1)


@pytest.fixture
def bearer(alice):
    secret = accounts.make_token(user=alice, name="laptop", expires_at=datetime.now(UTC) + SOON)[1]
    return {"Authorization": f"Bearer {secret}"}


def test_the_holder_of_a_token_is_told_who_they_are(client, alice, bearer):
    answer = client.get(URL, headers=bearer)

    (identity,) = accounts.identities_of(alice)
    told = answer.json()
    assert answer.status_code == 200
    assert (told["sub"], told["preferred_username"]) == (str(identity.pk), "alice@vitrine.local")
    assert (told["name"], told["email"], told["last_authentication"]) == ("Alice", "alice@example.org", None)
    assert told["identity_provider_display_name"] == "vitrine.local"
    assert [one["sub"] for one in told["identity_set"]] == [str(identity.pk)]


def test_the_set_holds_every_identity_with_the_keys_that_clients_read(client, alice, bearer):
    Identity.objects.create(user=alice, username="a@orcid.org", provider="orcid.org", name="A. B.")

    identities = client.get(URL, headers=bearer).json()["identity_set"]

    assert [one["username"] for one in identities] == ["alice@vitrine.local", "a@orcid.org"]
    assert all(
        set(one)
        == {
            "sub",
            "username",
            "name",
            "email",
            "identity_provider",
            "identity_provider_display_name",
            "organization",
            "last_authentication",
        }
        for one in identities
    )


def test_a_session_tells_when_it_began(client, alice):
    client.force_login(alice)

    told = client.get(URL).json()

    alice.refresh_from_db()
    assert told["last_authentication"] == int(alice.last_login.timestamp())


def test_clients_may_post_with_a_token_and_any_body(client, bearer):
    answer = client.post(URL, "a=1", content_type="application/x-www-form-urlencoded", headers=bearer)

    assert answer.status_code == 200


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Bearer wrong", "bearer vit_x y", "Bearer \xe9", "Basic YTpi", "vit_x"]
)
def test_whoever_is_not_known_gets_an_error_of_globus_auth(client, db, header):
    answer = client.get(URL, headers={"Authorization": header})

    (error,) = answer.json()["errors"]
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    assert (error["status"], error["code"], error["title"]) == ("401", "UNAUTHORIZED", "Unauthorized")
    assert (error["id"], answer.json()["error"]) == (answer["X-Request-Id"], "not_authenticated")


def test_a_token_that_does_not_work_is_not_forgiven_for_a_session(client, alice):
    client.force_login(alice)

    assert client.get(URL, headers={"Authorization": "Bearer wrong"}).status_code == 401


def test_a_session_needs_the_csrf_token_to_change_anything(alice):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(alice)

    assert browser.get(URL).status_code == 200
    refused = browser.post(URL)

    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (403, "FORBIDDEN")


def test_what_is_no_route_is_told_in_the_same_shape(client, db):
    for answer in (client.get("/api/auth/v2/nothing"), client.post("/api/auth/x"), client.delete(URL)):
        assert answer.json()["errors"][0]["status"] == str(answer.status_code)
        assert answer.status_code in {404, 405}


def test_no_cache_keeps_the_answer(client, bearer):
    answer = client.get(URL, headers=bearer)

    assert answer["Cache-Control"] == "no-store"
    assert {"Authorization", "Cookie"} <= set(answer["Vary"].split(", "))


def test_a_token_is_read_with_two_queries_and_two_slashes(client, bearer, django_assert_num_queries):
    client.get(URL, headers=bearer)

    with django_assert_num_queries(2):
        assert client.get("/api/auth//v2/oauth2//userinfo", headers=bearer).status_code == 200
