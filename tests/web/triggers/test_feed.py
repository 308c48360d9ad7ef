"""The feed of a standing search: what it found, as its owner may see it now, for whoever has its key."""

import feedparser
import pytest
from django.utils import timezone

from apps.triggers import engine
from apps.triggers import services as triggers
from apps.triggers.models import Trigger
from apps.triggers.types import Records
from tests.search.conftest import entry, index, put, urn_of

__all__ = ["index", "put", "urn_of"]


@pytest.fixture
def standing(index, put, make_trigger, alice, urn_of, clock):
    clock.now = timezone.now()
    trigger = make_trigger(Records("runs", "q=lysozyme"))
    put(entry("a", urn_of(alice), title="lysozyme, mine"), entry("b", title="lysozyme"), entry("c", title="thaumatin"))
    engine.look_at_records(timezone.now())
    return trigger


@pytest.fixture
def read(client):
    def read(trigger, key):
        answer = client.get(f"/triggers/{trigger.pk}/feed/", {"key": key})
        return answer.status_code, [one.title for one in feedparser.parse(answer.content).entries]

    return read


def test_whoever_has_the_key_reads_what_its_owner_sees(standing, read):
    key = triggers.new_secret(trigger=standing)

    assert read(standing, key) == (200, ["lysozyme, mine", "lysozyme"])


def test_what_was_hidden_since_is_not_in_it(standing, read, put, index, alice, charlie, urn_of):
    key = triggers.new_secret(trigger=standing)
    put(entry("a", urn_of(charlie), title="lysozyme, mine"))

    assert read(standing, key) == (200, ["lysozyme"])


def test_without_the_key_there_is_no_feed(standing, read):
    assert read(standing, "")[0] == 404
    old = triggers.new_secret(trigger=standing)
    triggers.new_secret(trigger=standing)

    assert [read(standing, key)[0] for key in ("", "é", old)] == [404, 404, 404]


def test_the_feed_of_who_may_not_sign_in_any_more_is_gone(standing, read, alice):
    key = triggers.new_secret(trigger=standing)
    alice.is_active = False
    alice.save()

    assert read(standing, key)[0] == 404


def test_the_page_of_a_standing_search_makes_the_address(standing, client, alice):
    client.force_login(alice)
    assert "Make an address" in client.get(f"/triggers/{standing.pk}/").content.decode()
    made = client.post(f"/triggers/{standing.pk}/secret/").content.decode()

    assert f"/triggers/{standing.pk}/feed/?key=" in made
    assert Trigger.objects.get().sealed_secret
