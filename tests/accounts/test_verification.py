import re

import pytest
from django.core.cache import cache
from django.test import Client

from apps.accounts.models import User

pytestmark = pytest.mark.django_db
NEW = {"username": "dora", "email": "dora@example.org", "password1": "a-long-one-77", "password2": "a-long-one-77"}
LOGIN = {"login": "dora", "password": "a-long-one-77"}


@pytest.fixture
def sign_up(client, settings):
    cache.clear()

    def sign_up(mode):
        settings.ACCOUNT_EMAIL_VERIFICATION = mode
        client.post("/account/signup/", NEW)
        return "_auth_user_id" in client.session

    return sign_up


def is_verified():
    return User.objects.get().emailaddress_set.get().verified


def test_nobody_gets_in_before_they_confirm_where_that_is_asked(sign_up, mailoutbox):
    assert not sign_up("mandatory")
    (browser := Client()).post("/account/login/", LOGIN)
    assert "_auth_user_id" not in browser.session

    link = re.search(r"http://testserver(\S+)", mailoutbox[0].body)[1]
    assert "dora@example.org" in browser.get(link).text
    browser.post(link)
    browser.post("/account/login/", LOGIN)

    assert is_verified()
    assert "_auth_user_id" in browser.session


def test_looking_at_the_link_confirms_nothing(sign_up, client, mailoutbox):
    sign_up("mandatory")

    client.get(re.search(r"http://testserver(\S+)", mailoutbox[0].body)[1])

    assert not is_verified()


@pytest.mark.parametrize(("mode", "mails"), [("optional", 1), ("none", 0)])
def test_where_it_is_not_asked_one_is_in_at_once(sign_up, mailoutbox, mode, mails):
    assert sign_up(mode)

    assert len(mailoutbox) == mails
    assert not is_verified()
