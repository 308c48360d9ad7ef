"""A portal as a harvester meets it: an index with public and hidden records, and one that is hidden whole."""

from datetime import timedelta

import pytest
import responses
from sickle import Sickle

from apps.access.types import group_urn
from apps.search import services as search
from apps.search.models import Entry
from tests.web.conftest import entry, index, put

__all__ = ["index", "put"]
DC = {"publisher": {"name": "Glass House"}, "publicationYear": "2021", "creators": [{"name": "Curie, Marie"}]}


@pytest.fixture
def shelf(index, put, alice, team):
    """Three public records; the last has a restricted section too, and one record is the team's."""
    group = group_urn(team.id)
    for subject in ("a", "b/é ?", "c"):
        put(index, alice, entry(subject, **DC))
    put(index, alice, entry("c", group, "notes", note="zyzzogeton"), entry("quixotrope", group))
    search.create_index(actor=alice, display_name="Clandestine", slug="clandestine", visible_to=(group,))
    return index


@pytest.fixture
def spread(shelf):
    """Each entry was written an hour after the one before."""
    for at, one in enumerate(Entry.objects.order_by("id")):
        one.updated_at += timedelta(hours=at - 10)
        one.save()
    return [one.updated_at.strftime("%Y-%m-%dT%H:%M:%SZ") for one in Entry.objects.filter(is_public=True)]


@pytest.fixture
def oai(client, settings):
    """The elements of an answer, and whatever else: a client that knows the protocol, over the portal itself."""

    def answer(request):
        told = client.generic(request.method, request.path_url)
        return told.status_code, dict(told.headers), told.content

    with responses.RequestsMock(assert_all_requests_are_fired=False) as wires:
        wires.add_callback(responses.GET, f"{settings.PUBLIC_URL}/oai", callback=answer)
        yield Sickle(f"{settings.PUBLIC_URL}/oai")
