"""From a search page to a standing search that writes mails."""

import re
from html import unescape

import pytest
from django.core.management import call_command

from apps.triggers.models import Trigger
from tests.search.conftest import index, put, urn_of

__all__ = ["index", "put", "urn_of"]
LINK = re.compile(r'href="(/triggers/new/records/[^"]*)"')


@pytest.fixture
def link(client, alice, index):
    client.force_login(alice)
    return unescape(LINK.search(client.get("/runs/?q=lysozyme").content.decode())[1])


def test_a_search_is_followed_with_what_it_asks(client, link):
    call_command("install_flows", verbosity=0)
    page = unescape(client.get(link).content.decode())

    assert 'value="Runs: lysozyme"' in page
    assert "q=lysozyme</textarea>" in page
    assert '"to.$": "$.owner.email"' in page
    assert '"text.$": "$.text"' in page


def test_nobody_follows(client, index):
    assert "/triggers/" not in client.get("/runs/?q=lysozyme").content.decode()
    assert not Trigger.objects.exists()
