"""Tasks of Alice's between two collections, the mover called by hand, and browsers that are signed in."""

import pytest
from django.test import Client

from tests.transfer.conftest import alice, delete, destination, here, make_place, moved, source, submit, there

__all__ = ["alice", "delete", "destination", "here", "make_place", "moved", "source", "submit", "there"]


@pytest.fixture
def browser():
    """Makes a browser in which somebody is signed in."""

    def browser(user):
        client = Client()
        client.force_login(user)
        return client

    return browser


@pytest.fixture
def mine(browser, alice):
    return browser(alice)
