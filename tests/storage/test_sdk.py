"""The field's own client lists, makes, renames and shares."""

import globus_sdk
import pytest
from globus_sdk.testing import get_response_set

from apps.accounts import services as accounts
from apps.storage import services as storage
from apps.storage.types import FilePath
from tests.api.oracle import differences

pytestmark = pytest.mark.django_db(transaction=True)


def refused(call, *args, **told):
    with pytest.raises(globus_sdk.TransferAPIError) as error:
        call(*args, **told)
    return error.value.http_status, error.value.code


def test_a_collection_is_told_with_every_key_of_the_sdks_example(transfer, shared, alice):
    told = transfer(alice).get_endpoint(shared.pk)
    example = get_response_set("transfer.get_endpoint").lookup("default").json

    assert set(example) <= set(told.data) | {"DATA"}
    assert (told["display_name"], told["entity_type"]) == ("Beamline", "GCP_mapped_collection")
    assert told["my_effective_roles"] == ["administrator", "access_manager"]


def test_collections_are_found_by_their_words(transfer, shared, bob):
    found = transfer(bob).endpoint_search("beam")

    assert [one["id"] for one in found] == [str(shared.pk)]
    assert list(transfer(bob).endpoint_search("nothing of it")) == []
    assert [found["limit"], transfer(bob).endpoint_search("beam", limit=5000)["limit"]] == [100, 1000]


def test_a_folder_is_listed_in_order_and_filtered(transfer, shared, bob):
    client = transfer(bob)

    def names(**told):
        return [one["name"] for one in client.operation_ls(shared.pk, path="/open/", **told)]

    assert names() == ["page.html", "read me.txt", "run7"]
    assert names(filter="name:~*.txt") == ["read me.txt"]
    assert names(filter=[{"type": "dir"}, {"name": "page.html"}]) == ["page.html", "run7"]
    assert names(orderby="size DESC", limit=1) == ["page.html"]
    assert refused(client.operation_ls, shared.pk, path="/open/", filter="size:>1")[0] == 400


def test_who_may_read_something_below_sees_the_way_there_alone(transfer, shared, bob, charlie):
    assert [one["name"] for one in transfer(bob).operation_ls(shared.pk, path="/")] == ["open"]
    assert refused(transfer(bob).operation_ls, shared.pk, path="/secret/") == (403, "PermissionDenied")
    assert refused(transfer(charlie).operation_ls, shared.pk, path="/") == (403, "PermissionDenied")


def test_what_a_rule_lets_one_read_it_does_not_let_one_write(transfer, shared, bob):
    client = transfer(bob)

    assert refused(client.operation_mkdir, shared.pk, "/open/mine")[0] == 403
    assert client.operation_mkdir(shared.pk, "/open/run7/mine")["code"] == "DirectoryCreated"
    assert refused(client.operation_mkdir, shared.pk, "/open/run7/mine")[0] == 409
    assert refused(client.operation_rename, shared.pk, oldpath="/open/run7/mine", newpath="/open/mine")[0] == 403
    assert (
        client.operation_rename(shared.pk, oldpath="/open/run7/mine", newpath="/open/run7/b")["code"] == "FileRenamed"
    )
    assert client.operation_stat(shared.pk, "/open/run7/b")["type"] == "dir"


@pytest.mark.parametrize("path", ["/open/../secret/", "/open/./", "//secret/", "secret", "/open\0", "/open//run7"])
def test_paths_that_walk_around_are_refused(transfer, shared, alice, path):
    assert refused(transfer(alice).operation_ls, shared.pk, path=path)[0] == 400


def test_rules_are_given_changed_and_taken_by_who_administers(transfer, shared, alice, charlie, bob):
    owner, who = transfer(alice), str(accounts.identity_ids_of(charlie)[0])
    told = {"DATA_TYPE": "access", "principal_type": "identity", "principal": who, "path": "/open/", "permissions": "r"}
    assert refused(transfer(bob).add_endpoint_acl_rule, shared.pk, told)[0] == 403

    rule = owner.add_endpoint_acl_rule(shared.pk, told)["access_id"]
    assert len(list(transfer(charlie).operation_ls(shared.pk, path="/open/"))) == 3
    owner.update_endpoint_acl_rule(shared.pk, rule, {"DATA_TYPE": "access", "permissions": "rw"})
    assert owner.get_endpoint_acl_rule(shared.pk, rule)["permissions"] == "rw"
    assert owner.delete_endpoint_acl_rule(shared.pk, rule)["code"] == "Deleted"
    assert refused(transfer(charlie).operation_ls, shared.pk, path="/open/")[0] == 403


def test_answers_have_the_shapes_of_the_sdks_examples(transfer, shared, alice):
    client = transfer(alice)
    made = client.operation_mkdir(shared.pk, "/open/new").data
    renamed = client.operation_rename(shared.pk, oldpath="/open/new", newpath="/open/newer").data

    for name, told in (("operation_mkdir", made), ("operation_rename", renamed)):
        assert differences(told, get_response_set(f"transfer.{name}").lookup("default").json) == []


def test_a_collection_that_one_is_not_told_of_does_not_exist(transfer, beamline, alice, bob):
    beamline.visible_to = []
    beamline.save()

    assert refused(transfer(bob).get_endpoint, beamline.pk) == (404, "EndpointNotFound")
    assert transfer(alice).get_endpoint(beamline.pk)["display_name"] == "Beamline"


def test_who_is_let_in_is_written_to_at_their_own_address(transfer, beamline, alice, bob, mailoutbox):
    told = {"DATA_TYPE": "access", "principal_type": "identity", "path": "/open/", "permissions": "r"}
    who = {
        "principal": str(accounts.identity_ids_of(bob)[0]),
        "notify_email": "x@example.org",
        "notify_message": "Look",
    }

    made = transfer(alice).add_endpoint_acl_rule(beamline.pk, told | who)

    assert made["code"] == "Created"
    [mail] = mailoutbox
    assert (mail.to, "Look" in mail.body, f"/collections/{beamline.pk}/" in mail.body) == ([bob.email], True, True)


def test_what_is_said_of_a_collection_is_changed_by_who_administers_it(transfer, shared, alice, bob):
    told = {"display_name": "Hall 7", "keywords": ["x-ray", "beam"]}
    assert refused(transfer(bob).update_endpoint, shared.pk, told)[0] == 403

    transfer(alice).update_endpoint(shared.pk, told)

    found = transfer(bob).endpoint_search("x-ray").data["DATA"]
    assert [(one["display_name"], one["keywords"]) for one in found] == [("Hall 7", ["x-ray", "beam"])]
    assert refused(transfer(alice).update_endpoint, shared.pk, {"display_name": "x" * 201})[0] == 400


def test_a_collection_whose_folders_are_shared_is_not_deleted(transfer, shared, alice, bob):
    guest = storage.share_folder(actor=bob, parent=shared, path=FilePath.parse("/open/"), name="Bob's part")

    assert refused(transfer(alice).delete_endpoint, shared.pk)[0] == 409
    transfer(bob).delete_endpoint(guest.pk)
    assert transfer(alice).delete_endpoint(shared.pk)["code"] == "Deleted"
