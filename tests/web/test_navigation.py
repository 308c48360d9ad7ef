"""The header leads to what there is for its reader, and says where they are."""

import pytest

pytestmark = pytest.mark.django_db


def places(client, path):
    return [(place.label, place.is_current) for place in client.get(path).context["places"]]


def test_transfers_timers_and_triggers_are_for_whoever_is_signed_in(client, alice):
    assert places(client, "/collections/") == [("Search", False), ("Files", True), ("Flows", False)]
    client.force_login(alice)
    seen = [("Flows", False), ("Transfers", True), ("Timers", False), ("Triggers", False)]
    assert places(client, "/tasks/")[2:] == seen


@pytest.mark.parametrize(("path", "current"), [("/", "Search"), ("/?q=x", "Search"), ("/account/", "")])
def test_one_place_at_most_is_where_one_is(client, alice, path, current):
    client.force_login(alice)

    assert [label for label, is_current in places(client, path) if is_current] == ([current] if current else [])
