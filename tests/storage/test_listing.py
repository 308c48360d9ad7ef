"""What a listing costs, and what those see who may read something further down."""

import pytest

from apps.access.types import identity_urn
from apps.accounts import services as accounts
from apps.storage import services as storage
from apps.storage.types import FilePath

pytestmark = pytest.mark.django_db


def names(collection, actor, path):
    with storage.opened(collection, actor=actor) as files:
        return [entry.path.name for entry in files.list(FilePath.parse(path))]


def test_a_folder_of_any_size_asks_the_database_as_often(shared, root, bob, django_assert_max_num_queries):
    for number in range(500):
        (root / "open" / "run7" / f"{number:03}").touch()

    with django_assert_max_num_queries(8):
        assert len(names(shared, bob, "/open/run7/")) == 500
    with django_assert_max_num_queries(8):
        assert names(shared, bob, "/") == ["open"]


def test_a_guest_sees_what_both_rules_show(shared, alice, bob, charlie):
    guest = storage.share_folder(actor=bob, parent=shared, path=FilePath.parse("/open/"), name="Bob's")
    told = {"principal": identity_urn(accounts.identity_ids_of(charlie)[0]), "permissions": "rw"}
    storage.add_rule(collection=guest, actor=bob, path=FilePath.parse("/run7/"), **told)

    assert names(guest, charlie, "/") == ["run7"]
    with storage.opened(guest, actor=charlie) as files:
        files.make_folder(FilePath.parse("/run7/new"))
    for rule in storage.rules_of(shared, actor=alice):
        storage.remove_rule(rule=rule, actor=alice)
    assert not storage.may(charlie, "r", guest, FilePath.parse("/run7/"))
    assert not storage.may(bob, "r", guest, FilePath.parse("/"))
