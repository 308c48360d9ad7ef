"""A collection of Alice's in which her team may look, and write in one folder (see ``tests/storage/beamline``)."""

import html
import re
from urllib.parse import urlencode

import pytest

from tests.storage.beamline import admin, beamline, root, shared

__all__ = ["admin", "beamline", "root", "shared"]


@pytest.fixture
def seen(client, shared):
    """Opens the file manager as somebody, and gives the answer: ``seen(bob, "/open/")``."""

    def seen(person, path="/", **asked):
        client.logout()
        if person is not None and person.is_authenticated:
            client.force_login(person)
        return client.get(f"/collections/{shared.pk}/", {"path": path, **asked})

    return seen


@pytest.fixture
def at(shared):
    """The address of another page of the collection: ``at("rename/", "/open/a.txt")``."""
    return lambda page, path="/": f"/collections/{shared.pk}/{page}?{urlencode({'path': path})}"


def names(answer, which="a"):
    """What a pane lists, as it is called there."""
    text = answer.content.decode()
    return [html.unescape(one) for one in re.findall(rf'name="{which}-chosen"[^>]*aria-label="Choose ([^"]*)"', text)]


def text_of(answer):
    """The words of a page."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())
