"""Providers as programs see them: a client for each person, with a token of the scope of one provider."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from apps.accounts.models import Application, Grant, Token
from apps.accounts.services import scopes
from apps.accounts.services.secrets import hash_of, new_secret
from apps.flows import engine
from apps.flows.engine import alone

HELLO = "/api/actions/hello_world"


@pytest.fixture
def token(alice):
    """An access token of a person's, for these scopes of the action providers."""
    application = Application.objects.create(name="any", kind="confidential", owner=alice)

    def token(user, *names):
        grant = Grant.objects.create(user=user, application=application, created_at=timezone.now())
        secret = new_secret()
        Token.objects.create(
            user=user,
            application=application,
            grant=grant,
            kind="access",
            hash=hash_of(secret),
            resource_server=scopes.ACTIONS,
            scope=" ".join(scopes.url(scopes.ACTIONS, name) for name in names),
            expires_at=timezone.now() + timedelta(hours=1),
        )
        return secret

    return token


@pytest.fixture
def client_of(token):
    def client_of(user, *names):
        names = names or ("hello_world",)
        return Client(headers={"Authorization": f"Bearer {token(user, *names)}"} if user else {})

    return client_of


@pytest.fixture
def hello(client_of, alice):
    """Alice's client of the smallest provider."""
    return client_of(alice)


def run(client, at=HELLO, /, *, request_id="one", route="run", **told):
    """Ask for an action; the answer."""
    document = {"request_id": request_id, "body": {"echo_string": "hi"}, **told}
    return client.post(f"{at}/{route}", document, content_type="application/json")


SLOW = {"echo_string": "hi", "sleep_time": 1000}


@pytest.fixture
def carry_all(clock):
    """What a worker does until so many seconds later."""

    def on(*, seconds):
        clock.forward(seconds)
        alone.cancel_overdue(clock())
        for action in engine.due(clock()).actions:
            engine.perform(action.pk, clock, lambda action: None)

    return on
