"""Bookmarks are each person's own, and lead only where that person is told of."""

import globus_sdk
import pytest
from globus_sdk.experimental import TransferClientV2
from globus_sdk.experimental.transfer_v2 import BookmarkCreateDocument, BookmarkUpdateDocument
from globus_sdk.testing import get_response_set
from globus_sdk.transport import RetryConfig

from apps.storage import services as storage
from apps.storage.types import FilePath
from apps.transfer import services as transfer
from apps.transfer.errors import BookmarkTaken, InvalidTask, NoSuchBookmark
from tests.api.conftest import server, token
from tests.storage.beamline import admin, beamline, root, shared

__all__ = ["admin", "beamline", "root", "server", "shared", "token"]
pytestmark = pytest.mark.django_db(transaction=True)
RUN7 = FilePath.parse("/open/run7")


@pytest.fixture
def mark(shared):
    def mark(actor, name="tonight", path=RUN7):
        return transfer.add_bookmark(actor=actor, name=name, collection=shared, path=path)

    return mark


@pytest.fixture
def client(server, token):
    """The SDK's client of JSON:API, for a person."""
    made = []

    def client(user):
        told = {"base_url": f"{server.url}/api/transfer", "retry_config": RetryConfig(max_retries=0)}
        made.append(TransferClientV2(authorizer=globus_sdk.AccessTokenAuthorizer(token(user)), **told))
        return made[-1]

    yield client
    for one in made:
        one.close()


def test_each_person_has_names_of_their_own(mark, alice, bob):
    mark(alice)
    of_bob = mark(bob)

    with pytest.raises(BookmarkTaken):
        mark(bob)
    with pytest.raises(NoSuchBookmark):
        transfer.get_bookmark(of_bob.pk, actor=alice)
    assert [one.pk for one in transfer.bookmarks_of(bob)] == [of_bob.pk]


@pytest.mark.parametrize("name", ["", " tonight", "tonight ", "t" * 129])
def test_a_name_is_a_line_without_spaces_around_it(mark, alice, name):
    with pytest.raises(InvalidTask):
        mark(alice, name)


@pytest.fixture
def tell(shared):
    def tell(*principals):
        shared.visible_to = principals
        shared.save()

    return tell


def test_what_its_owner_is_told_of_no_more_is_neither_shown_nor_in_the_way(mark, tell, shared, alice, bob):
    mark(bob)
    shared.rules.all().delete()

    tell()
    assert not transfer.bookmarks_of(bob)
    tell("public")
    assert [one.name for one in transfer.bookmarks_of(bob)] == ["tonight"]
    tell()
    mark(bob)


def test_a_bookmark_goes_with_its_collection(mark, shared, alice):
    mark(alice)

    storage.delete_collection(collection=shared, actor=alice)

    assert not transfer.bookmarks_of(alice)


def test_the_sdk_makes_changes_and_deletes_bookmarks_as_resources(client, shared, bob, charlie):
    of_bob = client(bob)
    made = of_bob.create_bookmark(BookmarkCreateDocument(shared.pk, "tonight", "/open/run7/"))
    oracle = get_response_set("transfer.v2.create_bookmark").lookup("default").json
    assert (made.http_status, _shape(made.data)) == (201, _shape(oracle))

    of_bob.update_bookmark(made["data"]["id"], BookmarkUpdateDocument("later", "/open/"))

    listed = of_bob.list_bookmarks(query_params={"include": "collection"})
    assert [one["attributes"] for one in listed] == [{"name": "later", "path": "/open/"}]
    assert [one["attributes"]["display_name"] for one in listed["included"]] == ["Beamline"]
    with pytest.raises(globus_sdk.TransferAPIError) as refused:
        client(charlie).get_bookmark(made["data"]["id"])
    assert (refused.value.http_status, refused.value.code) == (404, "BookmarkNotFound")
    of_bob.delete_bookmark(made["data"]["id"])
    assert list(of_bob.list_bookmarks()) == []


def _shape(told):
    """The keys of a document, however deep."""
    return {key: _shape(value) for key, value in told.items()} if isinstance(told, dict) else None


@pytest.mark.parametrize("body", [{}, {"data": []}, {"data": {"type": "Bookmark", "attributes": 1}}])
def test_a_body_that_is_no_resource_is_refused_by_its_place(client, body, bob, shared):
    with pytest.raises(globus_sdk.TransferAPIError) as refused:
        client(bob).create_bookmark(body)

    assert refused.value.http_status == 400
    assert refused.value.raw_json["errors"][0]["detail"].startswith("data")
