import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command

from apps.accounts import services as accounts
from apps.accounts.errors import NoSuchToken
from apps.accounts.models import Token

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
TOMORROW = NOW + timedelta(days=1)


@pytest.fixture
def secret(alice):
    return accounts.make_token(user=alice, name="laptop", expires_at=TOMORROW)[1]


def test_a_token_tells_whose_it_is(secret, alice):
    assert re.fullmatch(r"vit_[A-Za-z0-9_-]{43}", secret)
    assert accounts.find_token(secret, now=NOW).user == alice


def test_only_a_hash_of_the_secret_is_stored(secret):
    stored = Token.objects.values().get()

    assert secret not in str(stored)
    assert len(stored["hash"]) == 64
    assert secret.startswith(stored["prefix"])
    assert len(stored["prefix"]) == 8


@pytest.mark.parametrize("wrong", ["", "vit_", "nonsense", "vit_" + "A" * 43, "\x00", "é" * 50])
def test_a_wrong_secret_is_nobodys(secret, wrong):
    assert accounts.find_token(wrong, now=NOW) is None
    assert accounts.find_token(secret + wrong[:1], now=NOW) is None or not wrong


def test_a_token_ends_at_its_time(secret, alice):
    assert accounts.find_token(secret, now=TOMORROW - timedelta(seconds=1)).user == alice
    assert accounts.find_token(secret, now=TOMORROW) is None


def test_a_revoked_token_is_refused_and_not_listed(secret, alice):
    (token,) = accounts.tokens_of(alice)

    accounts.revoke_token(actor=alice, token_id=token.pk, now=NOW)
    again = accounts.revoke_token(actor=alice, token_id=token.pk, now=TOMORROW)

    assert again.revoked_at == NOW
    assert accounts.find_token(secret, now=NOW) is None
    assert accounts.tokens_of(alice) == []


def test_nobody_revokes_the_token_of_another(secret, alice, charlie):
    with pytest.raises(NoSuchToken):
        accounts.revoke_token(actor=charlie, token_id=accounts.tokens_of(alice)[0].pk, now=NOW)

    assert accounts.find_token(secret, now=NOW).user == alice


def test_the_token_of_one_who_may_not_sign_in_is_refused(secret, alice):
    alice.is_active = False
    alice.save()

    assert accounts.find_token(secret, now=NOW) is None


def test_using_a_token_is_one_query_and_noted_once_a_minute(secret, django_assert_num_queries):
    for seconds, queries in ((0, 2), (59, 1), (60, 2)):
        with django_assert_num_queries(queries):
            accounts.find_token(secret, now=NOW + timedelta(seconds=seconds))

    assert Token.objects.get().last_used_at == NOW + timedelta(seconds=60)


def test_the_command_prints_the_token_alone(alice, capsys):
    call_command("create_token", "alice", "--days", "3")

    printed = capsys.readouterr()
    assert (printed.out.count("\n"), printed.err) == (1, "")
    assert accounts.find_token(printed.out.strip(), now=datetime.now(UTC)).user == alice


@pytest.mark.parametrize("arguments", [["nobody"], ["alice", "--days", "0"], ["alice", "--days", "99999999"]])
def test_the_command_makes_no_token_that_cannot_work(alice, arguments):
    with pytest.raises(CommandError):
        call_command("create_token", *arguments)

    assert not Token.objects.exists()
