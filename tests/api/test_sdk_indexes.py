"""S1 to S9: indexes and roles, by the unmodified SDK, held against the SDK's own responses."""

import pytest
from globus_sdk import SearchAPIError

from tests.api.oracle import DATE, differences, fixture


def test_an_index_is_made_for_who_asks(sdk, alice):
    client = sdk(alice)

    made = client.create_index("Runs of June", "What the beam saw")

    assert differences(made.data, fixture("create_index")) == []
    assert (made["display_name"], made["description"]) == ("Runs of June", "What the beam saw")
    assert len(made["creation_date"]) == len(DATE)
    assert client.get_index(made["id"])["permissions"] == ["owner"]


def test_an_index_tells_its_numbers_and_the_permissions_of_who_asks(sdk, index, bob, grant):
    grant(bob, "writer")

    told = sdk(bob).get_index(index.pk)

    assert differences(told.data, fixture("index_list")["index_list"][0]) == []
    assert told["permissions"] == ["writer"]
    assert told["available"] is True


def test_nobody_may_look_at_an_index_that_is_public(sdk, index):
    told = sdk().get_index(index.pk)

    assert differences(told.data, fixture("index_list")["index_list"][0] | {"permissions": []}) == []
    assert told["permissions"] == []


def test_an_index_goes_by_its_slug_too(sdk, index):
    assert sdk().get_index("runs")["id"] == str(index.pk)


def test_an_index_is_renamed_by_its_admins(sdk, index, bob, grant):
    grant(bob, "admin")

    changed = sdk(bob).update_index(index.pk, display_name="Better", description="Also")

    assert differences(changed.data, fixture("update_index")) == []
    assert (changed["display_name"], changed["description"]) == ("Better", "Also")


def test_an_index_is_deleted_and_reopened_by_its_owner(sdk, index, alice):
    client = sdk(alice)

    deleted = client.delete_index(index.pk)
    between = client.get_index(index.pk)["status"]
    reopened = client.reopen_index(index.pk)

    assert differences(deleted.data, fixture("delete_index")) == []
    assert differences(reopened.data, fixture("reopen_index")) == []
    assert (between, client.get_index(index.pk)["status"]) == ("delete_pending", "open")


@pytest.mark.parametrize("wanted", [None, "owner", ["owner", "admin"]])
def test_the_list_of_indexes_is_of_those_with_a_role(sdk, index, alice, wanted):
    roles = {} if wanted is None else {"filter_roles": wanted}

    listed = sdk(alice).index_list(**roles)

    assert differences(listed.data, fixture("index_list")) == []
    assert [(one["id"], one["permissions"]) for one in listed] == [(str(index.pk), ["owner"])]


def test_the_list_of_indexes_is_filtered_by_role(sdk, index, alice):
    assert sdk(alice).index_list(filter_roles=["writer"])["index_list"] == []
    assert sdk().index_list()["index_list"] == []


def test_a_role_is_given_listed_and_taken_back(sdk, index, alice, bob, urn_of):
    client = sdk(alice)

    given = client.create_role(index.pk, {"role_name": "writer", "principal": urn_of(bob)})
    listed = client.get_role_list(index.pk)
    taken = client.delete_role(index.pk, given["id"])

    assert differences(given.data, fixture("create_role")) == []
    assert differences(listed.data, fixture("get_role_list")) == []
    assert differences(taken.data, fixture("delete_role")) == []
    assert [role["role_name"] for role in listed["role_list"]] == ["owner", "writer"]
    assert (given["principal"], given["principal_type"]) == (urn_of(bob), "identity")


def test_a_group_may_have_a_role(sdk, index, alice, bob, team_urn):
    given = sdk(alice).create_role(index.pk, {"role_name": "admin", "principal": team_urn})

    assert given["principal_type"] == "group"
    assert sdk(bob).get_index(index.pk)["permissions"] == ["admin"]


def test_only_owners_make_owners(sdk, index, alice, bob, charlie, grant, urn_of):
    grant(bob, "admin")

    with pytest.raises(SearchAPIError) as refused:
        sdk(bob).create_role(index.pk, {"role_name": "owner", "principal": urn_of(charlie)})

    assert refused.value.http_status == 403
    assert len(sdk(alice).get_role_list(index.pk)["role_list"]) == 2


def test_only_owners_unmake_owners(sdk, index, alice, bob, charlie, grant, urn_of):
    grant(bob, "admin")
    made = sdk(alice).create_role(index.pk, {"role_name": "owner", "principal": urn_of(charlie)})

    with pytest.raises(SearchAPIError) as refused:
        sdk(bob).delete_role(index.pk, made["id"])

    assert refused.value.http_status == 403
    assert sdk(alice).delete_role(index.pk, made["id"])["deleted"]["id"] == made["id"]


def test_the_last_owner_stays(sdk, index, alice):
    client = sdk(alice)
    [own] = client.get_role_list(index.pk)["role_list"]

    with pytest.raises(SearchAPIError) as refused:
        client.delete_role(index.pk, own["id"])

    assert (refused.value.http_status, refused.value.code) == (409, "Conflict.Generic")
    assert len(client.get_role_list(index.pk)["role_list"]) == 1
