"""The people of the tests: Alice owns, Bob is in her group, Charlie is a stranger, and nobody is signed in."""

import pytest
from django.contrib.auth.models import AnonymousUser

from apps.accounts import services as accounts
from tests.chromium import chromium
from tests.engine_room import engine_is_swept, sweep_engine

__all__ = ["chromium", "engine_is_swept", "sweep_engine"]

PASSWORD = "glass-case-42"


@pytest.fixture
def alice(db):
    return accounts.make_user(username="alice", email="alice@example.org", name="Alice", password=PASSWORD)


@pytest.fixture
def bob(db):
    return accounts.make_user(username="bob", email="bob@example.org", name="Bob", password=PASSWORD)


@pytest.fixture
def charlie(db):
    return accounts.make_user(username="charlie", email="charlie@example.org", name="Charlie", password=PASSWORD)


@pytest.fixture
def nobody():
    return AnonymousUser()


@pytest.fixture
def team(alice, bob):
    """A group that Alice owns and Bob is in."""
    group = accounts.make_group(owner=alice, name="team")
    accounts.add_member(group=group, identity=accounts.identities_of(bob)[0], actor=alice)
    return group
