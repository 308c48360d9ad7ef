"""Signing in by SAML, against answers that a university of our own signs."""

import pytest
from django.core.cache import cache
from django.test import Client

from apps.access import services as access
from apps.access.types import group_urn
from apps.accounts import services as accounts
from apps.accounts.models import User
from apps.accounts.types import GroupRule, Kind, LoginProvider
from portal import login
from tests.accounts.university import ENTITY, University

pytestmark = pytest.mark.django_db
HERE = {"Host": "portal.example.org", "Accept": "*/*"}
MEMBER = {"uid": "u-1", "nick": "dora", "mail": "dora@uni.example", "entitlement": "beamline-7"}


@pytest.fixture(scope="module")
def university():
    return University()


@pytest.fixture
def browser(settings, university, team):
    cache.clear()
    provider = LoginProvider(
        kind=Kind.SAML,
        id="uni",
        name="University",
        domain="uni.example",
        idp={"entity_id": ENTITY, "sso_url": f"{ENTITY}/sso", "x509cert": university.certificate},
        attributes={"uid": "uid", "username": "nick", "email": "mail"},
        groups=(GroupRule(claim="entitlement", value="beamline-7", group=str(team.pk)),),
    )
    settings.ALLOWED_HOSTS = ["portal.example.org"]
    settings.LOGIN_PROVIDERS = (provider,)
    settings.SOCIALACCOUNT_PROVIDERS = login.allauth_providers([provider])
    return Client(headers=HERE)


def sign_in(browser, university, **attributes):
    sent = browser.post("/account/saml/uni/login/")["Location"]
    return browser.post("/account/saml/uni/acs/", university.answer(sent, "name", **attributes), follow=True)


def test_who_the_university_vouches_for_has_an_account_and_its_groups(browser, university, team):
    sign_in(browser, university, **MEMBER)

    user = User.objects.get(username="dora")
    assert browser.session["_auth_user_id"] == str(user.pk)
    assert accounts.identities_of(user)[1].username == "dora@uni.example"
    assert group_urn(team.pk) in access.principals_of(user)


def test_who_comes_again_is_the_same(browser, university):
    sign_in(browser, university, **MEMBER)
    sign_in(Client(headers=HERE), university, **MEMBER | {"nick": "dora.d"})

    assert accounts.find_identity("dora.d@uni.example").user == User.objects.get(username="dora")


def test_an_answer_that_somebody_else_signed_is_refused(browser):
    page = sign_in(browser, University(), **MEMBER)

    assert "Signing in did not work" in page.text
    assert not User.objects.filter(username="dora").exists()


def test_an_answer_that_nobody_asked_for_is_refused(browser, university):
    sent = browser.post("/account/saml/uni/login/")["Location"]

    page = Client(headers=HERE).post("/account/saml/uni/acs/", university.answer(sent, "n", **MEMBER), follow=True)

    assert page.status_code == 403
    assert not User.objects.filter(username="dora").exists()


def test_the_portal_tells_the_university_about_itself(browser):
    told = browser.get("/account/saml/uni/metadata/").content.decode()

    assert "http://portal.example.org/account/saml/uni/acs/" in told
