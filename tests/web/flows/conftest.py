"""Flows of Alice's, an engine that is driven by hand, and browsers that are signed in."""

import pytest
from django.test import Client

from tests.flows.conftest import HELLO, carry, clock, make_flow, run_of, start

__all__ = ["HELLO", "carry", "clock", "make_flow", "run_of", "start"]


@pytest.fixture
def browser():
    """Makes a browser in which somebody is signed in; without anybody one in which nobody is."""

    def browser(user=None):
        client = Client()
        if user is not None:
            client.force_login(user)
        return client

    return browser


@pytest.fixture
def mine(browser, alice):
    return browser(alice)


def text(answer):
    return " ".join(answer.content.decode().split())
