"""A web application signs people in against the portal by OpenID Connect, by discovery alone."""

import pytest
from joserfc.jws import extract_compact

from apps.accounts.services import applications
from tests.clients.people import allow, show_who_one_is
from tests.clients.relying_party import relying_party

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def gallery(portal, alice):
    """A web application of Alice's, on a port of its own."""
    with relying_party() as server:
        made, secret = applications.make_application(
            owner=alice, name="gallery", kind="confidential", redirect_uris=[f"{server.url}/back"]
        )
        server.trust(f"{portal}/api/auth", str(made.pk), secret)
        yield server


def test_a_person_signs_in_and_the_identity_token_holds(gallery, portal, page, bob):
    allow(page, f"{gallery.url}/sign-in", "bob")
    page.get_by_text("Welcome, Bob").wait_for()

    claims = gallery.told["userinfo"]  # what authlib has checked: signature, issuer, audience, nonce, at_hash
    assert extract_compact(gallery.told["id_token"].encode()).headers()["alg"] == "RS512"
    assert (claims["iss"], claims["aud"]) == (f"{portal}/api/auth", gallery.vitrine.client_id)
    assert {"nonce", "at_hash", "auth_time"} <= set(claims)
    assert claims["sub"] == gallery.person["sub"] == str(bob.identities.get().pk)
    assert gallery.person["preferred_username"] == "bob@vitrine.local"


def test_who_is_signed_in_and_has_allowed_it_is_asked_nothing(gallery, page, bob):
    allow(page, f"{gallery.url}/sign-in", "bob")
    page.get_by_text("Welcome, Bob").wait_for()

    page.goto(f"{gallery.url}/sign-in")

    page.get_by_text("Welcome, Bob").wait_for()


def test_who_signs_in_first_is_led_on_by_their_browser(gallery, page, bob):
    allow(page, f"{gallery.url}/sign-in", "bob")
    page.get_by_text("Welcome, Bob").wait_for()
    page.context.clear_cookies()

    page.goto(f"{gallery.url}/sign-in")
    show_who_one_is(page, "bob")

    page.get_by_text("Welcome, Bob").wait_for()
