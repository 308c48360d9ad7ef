"""No answer, and no amount of work, tells a visitor whether somebody has an account by an address."""

import re

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.test import Client

from apps.accounts.models import User
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db
NEW = {"username": "dora", "password1": "a-long-one-77", "password2": "a-long-one-77"}
MODES = ["none", "optional", "mandatory"]


class Counting(MD5PasswordHasher):
    """Counts how often a password is hashed: with a slow hash that is all that takes time."""

    done = 0

    def encode(self, password, salt):
        Counting.done += 1
        return super().encode(password, salt)


@pytest.fixture(autouse=True)
def known(alice):
    """Alice has confirmed her address."""
    cache.clear()
    alice.emailaddress_set.create(email=alice.email, verified=True, primary=True)


def seen(answer):
    """What a visitor sees of an answer, without what differs each time."""
    text = re.sub(r'value="[^"]*"|<p class="soft s">.*?</p>', "", answer.text)
    return answer.status_code, answer.headers.get("Location"), text


@pytest.mark.parametrize("mode", MODES)
def test_a_reset_is_answered_alike_and_mail_is_sent_either_way(settings, mailoutbox, mode):
    settings.ACCOUNT_EMAIL_VERIFICATION = mode

    told = [
        seen(Client().post("/account/password/reset/", {"email": email}, follow=True))
        for email in ("alice@example.org", "zelda@example.org")
    ]

    assert told[0] == told[1]
    assert [mail.to for mail in mailoutbox] == [["alice@example.org"], ["zelda@example.org"]]


@pytest.mark.parametrize("mode", MODES)
def test_signing_up_with_an_address_that_is_taken_is_answered_alike(settings, mailoutbox, mode):
    settings.ACCOUNT_EMAIL_VERIFICATION = mode

    told = [
        seen(Client().post("/account/signup/", NEW | {"username": name, "email": email}))
        for name, email in (("d1", "alice@example.org"), ("d2", "zelda@example.org"))
    ]

    assert told[0] == told[1]
    assert len(mailoutbox) == (0 if mode == "none" else 2)


def test_an_account_by_somebody_elses_address_gets_nothing_of_theirs(alice, mailoutbox):
    Client().post("/account/signup/", NEW | {"email": alice.email})

    Client().post("/account/password/reset/", {"email": alice.email})
    Client().post("/account/login/", {"login": alice.email, "password": PASSWORD})

    (mail,) = mailoutbox
    assert "alice" in mail.body
    assert "dora" not in mail.body
    alice.refresh_from_db()
    assert alice.last_login
    assert not User.objects.get(username="dora").emailaddress_set.get().verified


def test_signing_in_takes_as_much_work_whoever_is_named(settings):
    settings.PASSWORD_HASHERS = ["tests.accounts.test_enumeration.Counting"]
    work = []
    for login in ("alice", "zelda", "alice@example.org", "zelda@example.org"):
        Counting.done = 0
        answer = Client().post("/account/login/", {"login": login, "password": "wrong"})
        work.append((answer.status_code, Counting.done))

    assert len(set(work)) == 1
    assert work[0][1] > 0
