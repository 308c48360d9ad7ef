"""Two collections, and runs of one action each, carried by hand with the mover's work in between."""

import uuid

import pytest
from django.utils import timezone

from apps.accounts.models import Application
from apps.accounts.services.applications import make_application
from apps.accounts.services.scopes import url
from apps.flows.actions import provider_named, remote
from apps.flows.types import Order
from apps.transfer import mover
from tests.flows.elsewhere import provider
from tests.transfer.conftest import destination, here, make_place, source, there

__all__ = ["destination", "here", "make_place", "source", "there"]
EVERYBODY = ["all_authenticated_users"]
OLD = "https://actions.globus.org/transfer"
NEW = "https://transfer.actions.globus.org"


@pytest.fixture
def alice(alice):
    """She makes collections, so she administers the portal."""
    alice.is_superuser = True
    alice.save(update_fields=["is_superuser"])
    return alice


def state(url, parameters, **more):
    return {"Type": "Action", "ActionUrl": url, "Parameters": parameters, "ResultPath": "$.done", "End": True, **more}


@pytest.fixture
def act(start, carry):
    """Runs one action in somebody's name; the run."""

    def act(url, parameters, *, actor=None, **more):
        return carry(start({"Act": state(url, parameters, **more)}, actor=actor, roles={"starter": EVERYBODY}))

    return act


@pytest.fixture
def move(carry, django_capture_on_commit_callbacks):
    """Let the mover do what is due, and carry the run on."""

    def move(run):
        with django_capture_on_commit_callbacks(execute=True):
            mover.work(clock=timezone.now)
        return carry(run)

    return move


@pytest.fixture
def done(act):
    """What an action tells that succeeds at once."""

    def done(url, parameters, **more):
        run = act(url, parameters, **more)
        assert run.status == "SUCCEEDED", run.error_cause
        return run.output["done"]["details"]

    return done


@pytest.fixture
def order(alice):
    """An order of Alice's, as a process asks its provider about it."""

    def order(body, **more):
        told = {"id": str(uuid.uuid4()), "request_id": str(uuid.uuid4()), "creator": "", "now": timezone.now()}
        return Order(**{**told, "body": body, "actor": alice, **more})

    return order


@pytest.fixture
def begin(order):
    def begin(name, body, **more):
        return provider_named(name).begin(order(body, **more))

    return begin


@pytest.fixture
def elsewhere():
    remote._scopes._kept.clear()
    with provider() as server:
        yield server


@pytest.fixture
def scope(alice):
    application, _ = make_application(
        owner=alice, name="A detector", kind=Application.Kind.CONFIDENTIAL, scopes=["action_all"]
    )
    return url(application.pk, "action_all")
