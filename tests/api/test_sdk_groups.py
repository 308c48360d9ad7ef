"""Groups through the unmodified GroupsClient, held against the SDK's own responses."""

import uuid

import globus_sdk
import pytest
from globus_sdk import BatchMembershipActions, GroupPolicies, GroupsAPIError
from globus_sdk.testing import get_response_set
from globus_sdk.transport import RetryConfig

from apps.accounts import services as accounts
from apps.accounts.models import Group, Membership
from tests.api.oracle import differences

GROUP_KEYS = """id name description parent_id group_type enforce_session session_limit session_timeouts my_memberships
memberships policies allowed_actions child_ids subscription_id subscription_info subscription_admin_verified_id
terms_and_conditions"""


def fixture(name):
    return get_response_set(f"groups.{name}").lookup("default").json


@pytest.fixture
def groups(server, token):
    """The SDK's client for each person (None: nobody)."""
    made = []

    def groups(user=None):
        authorizer = globus_sdk.AccessTokenAuthorizer(token(user)) if user else globus_sdk.NullAuthorizer()
        base_url, retry = f"{server.url}/api/groups/", RetryConfig(max_retries=0)
        made.append(globus_sdk.GroupsClient(authorizer=authorizer, base_url=base_url, retry_config=retry))
        return made[-1]

    yield groups
    for client in made:
        client.close()


def own(user):
    return accounts.identity_ids_of(user)[0]


def refusal(call, *args, **kwargs):
    with pytest.raises(GroupsAPIError) as caught:
        call(*args, **kwargs)
    told = caught.value
    assert set(told.raw_json) == {"code", "detail"}
    return told.http_status, told.code, told.message


def test_my_groups_are_told_with_my_place_in_them(groups, team, bob):
    found = groups(bob).get_my_groups()

    assert differences(list(found), fixture("get_my_groups")) == []
    assert set(found[0]) == set(GROUP_KEYS.split())
    assert [place["username"] for place in found[0]["my_memberships"]] == ["bob@vitrine.local"]


def test_my_groups_by_status(groups, team, alice, charlie):
    accounts.invite(group=team, identity=accounts.identities_of(charlie)[0], actor=alice)
    client = groups(charlie)

    assert list(client.get_my_groups()) == []
    assert [one["name"] for one in client.get_my_groups(statuses=["invited", "pending"])] == ["team"]


def test_groups_above_my_own_are_mine_too(groups, team, alice, bob):
    below = accounts.make_group(owner=alice, name="below", parent=team)
    accounts.remove_member(group=team, identity=accounts.identities_of(bob)[0], actor=alice)
    accounts.add_member(group=below, identity=accounts.identities_of(bob)[0], actor=alice)

    told = {one["name"]: [place["status"] for place in one["my_memberships"]] for one in groups(bob).get_my_groups()}

    assert told == {"below": ["active"], "team": ["removed"]}


def test_a_group_is_made_told_changed_and_deleted(groups, alice):
    client = groups(alice)
    made = client.create_group({"name": "Crew", "description": "Who sails", "parent_id": None})
    assert made.http_status == 201
    assert differences(made.data, {**fixture("create_group"), "my_memberships": []}) == []
    document = client.get_group(made["id"]).data

    changed = client.update_group(made["id"], {**document, "name": "Crew 2", "terms_and_conditions": "Be kind."})

    assert {**document, "name": "Crew 2", "terms_and_conditions": "Be kind."} == changed.data
    assert client.delete_group(made["id"])["name"] == "Crew 2"
    assert refusal(client.get_group, made["id"])[:2] == (404, "NO_SUCH_GROUP")


def test_what_is_asked_for_besides_is_told(groups, team, alice, bob):
    below = accounts.make_group(owner=alice, name="below", parent=team)
    included = ["memberships", "my_memberships", "policies", "allowed_actions", "child_ids"]

    told = groups(alice).get_group(team.pk, include=included)
    bobs = groups(bob).get_group(team.pk, include=included)

    assert differences(told.data, fixture("get_group") | {"description": None}) == []
    assert {place["username"] for place in told["memberships"]} == {"alice@vitrine.local", "bob@vitrine.local"}
    assert told["child_ids"] == [str(below.pk)]
    assert "change_role" in told["allowed_actions"]
    assert [place["username"] for place in bobs["memberships"]] == ["bob@vitrine.local"]
    assert (bobs["child_ids"], bobs["allowed_actions"]) == ([], ["leave"])


def test_policies_are_set_and_told(groups, team, alice):
    asked = GroupPolicies(
        is_high_assurance=True,
        group_visibility="authenticated",
        group_members_visibility="members",
        join_requests=True,
        signup_fields=["institution"],
        authentication_assurance_timeout=60,
    )
    client = groups(alice)

    told = client.set_group_policies(team.pk, asked)

    assert differences(told.data, fixture("set_group_policies")) == []
    assert told.data == client.get_group_policies(team.pk).data == {**asked, "joining": "request"}
    group = client.get_group(team.pk)
    assert (group["enforce_session"], group["session_limit"]) == (True, 60)


@pytest.mark.parametrize(
    ("now", "sent", "then"),
    [
        ("open", {"joining": "open", "join_requests": True}, "open"),
        ("open", {"joining": "open", "join_requests": False}, "invitation"),
        ("open", {"join_requests": True}, "open"),
        ("invitation", {"joining": "invitation", "join_requests": True}, "request"),
        ("request", {"join_requests": False}, "invitation"),
        ("request", {"joining": "open", "join_requests": True}, "open"),
        ("request", {"is_high_assurance": False}, "request"),
    ],
)
def test_of_two_keys_for_joining_the_changed_one_counts(groups, team, alice, now, sent, then):
    Group.objects.filter(pk=team.pk).update(joining=now)

    assert groups(alice).set_group_policies(team.pk, sent)["joining"] == then


def test_steps_of_one_request_succeed_and_fail_alone(groups, team, alice, bob, charlie):
    stranger = uuid.uuid4()
    batch = BatchMembershipActions().add_members([own(charlie), own(bob), stranger], role="manager")
    batch.leave([own(alice)])

    told = groups(alice).batch_membership_action(team.pk, batch)

    assert [(place["username"], place["role"], place["status"]) for place in told["add"]] == [
        ("charlie@vitrine.local", "manager", "active")
    ]
    assert told["leave"] == []
    errors = told["errors"]
    assert [(one["identity_id"], one["code"]) for one in errors["add"]] == [
        (str(own(bob)), "ALREADY_MEMBER"),
        (str(stranger), "NO_SUCH_PERSON"),
    ]
    assert errors["leave"][0]["detail"].startswith("This is the last admin")


def test_all_steps_that_the_sdk_has_are_taken(groups, team, alice, charlie):
    Group.objects.filter(pk=team.pk).update(joining="request", visibility="authenticated")
    managers, charlies, who = groups(alice), groups(charlie), [own(charlie)]

    def take(client, batch):
        told = client.batch_membership_action(team.pk, batch).data
        (step,) = told
        return step, told[step][0]["status"]

    steps = BatchMembershipActions
    assert take(charlies, steps().request_join(who)) == ("request_join", "pending")
    assert take(managers, steps().reject_join_requests(who)) == ("reject", "rejected")
    assert take(managers, steps().invite_members(who)) == ("invite", "invited")
    assert take(charlies, steps().decline_invites(who)) == ("decline", "declined")
    assert take(charlies, steps().request_join(who)) == ("request_join", "pending")
    assert take(managers, steps().approve_pending(who)) == ("approve", "active")
    assert take(managers, steps().change_roles("admin", who)) == ("change_role", "active")
    assert take(charlies, steps().leave(who)) == ("leave", "left")
    assert take(managers, steps().invite_members(who, role="manager")) == ("invite", "invited")
    assert take(charlies, steps().accept_invites(who)) == ("accept", "active")
    assert take(managers, steps().remove_members(who)) == ("remove", "removed")
    Group.objects.filter(pk=team.pk).update(joining="open")
    Membership.objects.filter(identity=who[0]).delete()
    assert take(charlies, steps().join(who)) == ("join", "active")


def test_who_may_not_is_told_so_for_each(groups, team, bob, charlie):
    told = groups(bob).batch_membership_action(team.pk, BatchMembershipActions().add_members([own(charlie)]))

    assert (told.http_status, told["add"]) == (200, [])
    assert told["errors"]["add"][0]["code"] == "NOT_MANAGER"


def test_a_private_group_is_not_there_for_a_stranger(groups, team, charlie):
    client = groups(charlie)
    batch = BatchMembershipActions().request_join([own(charlie)])

    for refused in (
        refusal(client.get_group, team.pk),
        refusal(client.update_group, team.pk, {"name": "mine"}),
        refusal(client.delete_group, team.pk),
        refusal(client.get_group_policies, team.pk),
        refusal(client.set_group_policies, team.pk, {}),
        refusal(client.batch_membership_action, team.pk, batch),
        refusal(client.create_group, {"name": "sub", "parent_id": str(team.pk)}),
    ):
        assert refused == refusal(client.get_group, uuid.uuid4())


def test_a_member_changes_nothing(groups, team, bob):
    client = groups(bob)

    assert refusal(client.update_group, team.pk, {"name": "mine"})[:2] == (403, "NOT_MANAGER")
    assert refusal(client.set_group_policies, team.pk, {"join_requests": True})[:2] == (403, "NOT_MANAGER")
    assert refusal(client.delete_group, team.pk)[:2] == (403, "NOT_MANAGER")
    assert refusal(client.create_group, {"name": "sub", "parent_id": str(team.pk)})[:2] == (403, "NOT_MANAGER")


def test_nobody_is_asked_who_they_are(groups, team):
    client = groups()

    for call, *args in (
        (client.get_my_groups,),
        (client.get_group, team.pk),
        (client.create_group, {}),
        (client.delete_group, team.pk),
        (client.get_group_policies, team.pk),
    ):
        assert refusal(call, *args)[:2] == (401, "NOT_AUTHENTICATED")


def test_there_are_no_subscriptions(groups, team, alice):
    client = groups(alice)

    assert client.set_subscription_admin_verified(team.pk, None)["subscription_admin_verified_id"] is None
    assert refusal(client.set_subscription_admin_verified, team.pk, uuid.uuid4())[0] == 422
    assert refusal(client.get_group_by_subscription_id, uuid.uuid4())[0] == 404


def test_many_groups_take_few_questions(api, bob, django_assert_max_num_queries):
    made = Group.objects.bulk_create(Group(name=f"g{number}") for number in range(100))
    mine = accounts.identities_of(bob)[0]
    Membership.objects.bulk_create(Membership(group=group, identity=mine) for group in made)
    client = api(bob)

    with django_assert_max_num_queries(8):
        assert len(client.get("/api/groups/v2/groups/my_groups").json()) == 100
