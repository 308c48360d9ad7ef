"""The list of collections."""

import pytest

from apps.access.types import identity_urn
from apps.accounts import services as accounts
from apps.storage import services as storage
from apps.storage.types import FilePath
from tests.web.files.conftest import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def listed(client, shared):
    def listed(person, **asked):
        client.logout()
        if person:
            client.force_login(person)
        return "Beamline" in text_of(client.get("/collections/", asked))

    return listed


def test_a_collection_is_listed_for_those_who_are_told_of_it(listed, shared, alice, bob, charlie):
    assert [listed(one) for one in (alice, bob, charlie, None)] == [True, True, True, False]
    storage.change_collection(collection=shared, actor=alice, visible_to=[])

    assert [listed(one) for one in (alice, bob, charlie, None)] == [True, True, False, False]


def test_own_and_shared_collections_are_told_apart(listed, alice, bob, charlie):
    assert [listed(one, whose="mine") for one in (alice, bob, charlie)] == [True, False, False]
    assert [listed(one, whose="shared") for one in (alice, bob, charlie)] == [False, True, False]


def test_a_rule_for_everybody_shares_with_nobody_by_name(listed, shared, alice, charlie):
    for principal in ("public", "all_authenticated_users"):
        storage.add_rule(collection=shared, actor=alice, principal=principal, path=FilePath(), permissions="r")
    assert not listed(charlie, whose="shared")

    urn = identity_urn(accounts.identity_ids_of(charlie)[0])
    storage.add_rule(collection=shared, actor=alice, principal=urn, path=FilePath(), permissions="r")
    assert listed(charlie, whose="shared")


def test_collections_are_found_by_words(listed, alice, client):
    assert [listed(alice, q=text) for text in ("beam", "line beam", "archive", "\0")] == [True, True, False, True]
    assert "No collection is called so" in text_of(client.get("/collections/", {"q": "archive"}))


def test_no_index_takes_the_address_of_the_collections(client, alice):
    from apps.common.errors import Conflict
    from apps.search import services as search

    with pytest.raises(Conflict, match="address of the portal"):
        search.create_index(actor=alice, display_name="x", slug="collections")
    assert search.create_index(actor=alice, display_name="Collections").slug == "collections-index"


def test_a_folder_is_bookmarked_from_the_file_manager_and_found_in_the_list(client, seen, shared, alice):
    link = seen(alice, "/open/run7/").context["ways"].bookmark

    client.post(link, {"name": "Seven"})

    bookmarks = client.get("/collections/").context["bookmarks"]
    assert [(one.name, one.place) for one in bookmarks] == [("Seven", "Beamline: /open/run7")]
