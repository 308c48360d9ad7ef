import pytest

from apps.accounts import services as accounts
from apps.accounts.errors import (
    AlreadyMember,
    HasSubgroups,
    InvalidGroup,
    LastAdmin,
    NoSuchGroup,
    NotManager,
)
from apps.accounts.models import AuditEvent, Group, Identity, Membership
from apps.accounts.types import Policies

Role, Status = Membership.Role, Membership.Status


def identity(user):
    return accounts.identities_of(user)[0]


def test_who_makes_a_group_is_its_admin(team, alice, bob, charlie):
    assert accounts.membership_of(alice, team.pk).is_admin
    assert not accounts.membership_of(bob, team.pk).may_manage
    assert [accounts.groups_of(user) for user in (alice, bob, charlie)] == [[team], [team], []]


def test_a_group_that_one_is_not_in_does_not_exist(team, charlie):
    with pytest.raises(NoSuchGroup):
        accounts.membership_of(charlie, team.pk)


@pytest.mark.parametrize("status", [status for status in Status if status != Status.ACTIVE])
def test_only_an_active_membership_counts(team, charlie, status):
    Membership.objects.create(group=team, identity=identity(charlie), status=status)

    assert accounts.groups_of(charlie) == []
    assert accounts.identity_and_group_ids_of(charlie) == ({identity(charlie).pk}, set())


def test_a_membership_of_any_identity_counts_once(team, bob):
    linked = Identity.objects.create(user=bob, username="bob@orcid.org", provider="orcid.org", name="Bob")
    Membership.objects.create(group=team, identity=linked, role=Role.ADMIN)

    assert accounts.groups_of(bob) == [team]
    assert accounts.membership_of(bob, team.pk).is_admin


def test_a_plain_member_adds_nobody(team, bob, charlie):
    with pytest.raises(NotManager):
        accounts.add_member(group=team, identity=identity(charlie), actor=bob)

    assert accounts.groups_of(charlie) == []


@pytest.mark.parametrize("role", [Role.MANAGER, Role.ADMIN])
def test_a_manager_adds_members_but_no_managers(team, alice, bob, charlie, role):
    team.memberships.filter(identity=identity(bob)).update(role=Role.MANAGER)

    with pytest.raises(NotManager):
        accounts.add_member(group=team, identity=identity(charlie), actor=bob, role=role)
    accounts.add_member(group=team, identity=identity(charlie), actor=bob)

    assert accounts.groups_of(charlie) == [team]


def test_a_manager_cannot_remove_an_admin(team, alice, bob):
    team.memberships.filter(identity=identity(bob)).update(role=Role.MANAGER)

    with pytest.raises(NotManager):
        accounts.remove_member(group=team, identity=identity(alice), actor=bob)


def test_one_who_left_can_be_added_again_with_another_role(team, alice, charlie):
    place = Membership.objects.create(group=team, identity=identity(charlie), status=Status.LEFT, role=Role.ADMIN)

    again = accounts.add_member(group=team, identity=identity(charlie), actor=alice)

    assert (again.pk, again.role, again.status) == (place.pk, Role.MEMBER, Status.ACTIVE)


def test_adding_a_member_again_changes_nothing(team, alice, bob):
    with pytest.raises(AlreadyMember):
        accounts.add_member(group=team, identity=identity(bob), actor=alice, role=Role.ADMIN)

    assert not accounts.membership_of(bob, team.pk).may_manage


def test_a_member_may_leave(team, bob):
    accounts.leave(group=team, identity=identity(bob), actor=bob)

    assert accounts.groups_of(bob) == []


def test_the_last_admin_stays(team, alice):
    with pytest.raises(LastAdmin):
        accounts.remove_member(group=team, identity=identity(alice), actor=alice)

    assert accounts.groups_of(alice) == [team]


def test_a_stranger_is_not_told_who_is_in_a_group(team, bob, charlie):
    for somebody in (bob, charlie):
        with pytest.raises(NotManager):
            accounts.remove_member(group=team, identity=identity(somebody), actor=charlie)


def test_five_hundred_groups_take_one_query(bob, django_assert_num_queries):
    groups = Group.objects.bulk_create(Group(name=f"g{n}") for n in range(500))
    Membership.objects.bulk_create(Membership(group=group, identity=identity(bob)) for group in groups)

    with django_assert_num_queries(1):
        assert len(accounts.identity_and_group_ids_of(bob)[1]) == 500
    with django_assert_num_queries(1):
        assert len(accounts.groups_of(bob)) == 500


@pytest.fixture
def tower(alice):
    """Five groups of Alice's, each below the one before it."""
    groups = [accounts.make_group(owner=alice, name="0")]
    for name in "1234":
        groups.append(accounts.make_group(owner=alice, name=name, parent=groups[-1]))
    return groups


def test_who_is_in_a_group_is_in_all_groups_above_it_and_in_none_below(tower, alice, bob):
    accounts.add_member(group=tower[2], identity=identity(bob), actor=alice)

    assert accounts.identity_and_group_ids_of(bob)[1] == {group.pk for group in tower[:3]}
    assert accounts.groups_of(bob) == accounts.my_groups(bob) == tower[:3]
    assert [accounts.role_in(bob, group) for group in tower] == [None, None, "member", None, None]


def test_groups_stand_in_five_layers_and_no_more(tower, alice):
    with pytest.raises(InvalidGroup, match="5 layers"):
        accounts.make_group(owner=alice, name="5", parent=tower[-1])


def test_only_an_admin_makes_a_subgroup_and_their_rights_do_not_go_down(team, alice, bob):
    with pytest.raises(NotManager):
        accounts.make_group(owner=bob, name="sub", parent=team)
    team.memberships.filter(identity=identity(bob)).update(role=Role.ADMIN)
    below = accounts.make_group(owner=bob, name="sub", parent=team)

    with pytest.raises(NoSuchGroup):
        accounts.get_group(below.pk, actor=alice)


def test_a_group_with_subgroups_is_not_deleted(tower, alice):
    with pytest.raises(HasSubgroups):
        accounts.delete_group(group=tower[3], actor=alice)
    accounts.delete_group(group=tower[4], actor=alice)
    accounts.delete_group(group=tower[3], actor=alice)

    assert Group.objects.count() == 3


@pytest.mark.parametrize("role", [Role.MEMBER, Role.MANAGER])
def test_only_an_admin_changes_a_group(team, bob, role):
    team.memberships.filter(identity=identity(bob)).update(role=role)

    for change in (
        lambda: accounts.change_group(group=team, actor=bob, name="mine"),
        lambda: accounts.set_policies(group=team, actor=bob, policies=Policies(joining="open")),
        lambda: accounts.delete_group(group=team, actor=bob),
    ):
        with pytest.raises(NotManager):
            change()


@pytest.mark.parametrize(
    ("visibility", "status", "is_seen"),
    [
        ("authenticated", None, True),
        ("private", None, False),
        *(("private", status, status in {"active", "invited", "pending"}) for status in Status.values),
    ],
)
def test_who_sees_a_group(team, charlie, visibility, status, is_seen):
    Group.objects.filter(pk=team.pk).update(visibility=visibility)
    if status:
        Membership.objects.create(group=team, identity=identity(charlie), status=status)

    if is_seen:
        assert accounts.get_group(team.pk, actor=charlie) == team
    else:
        with pytest.raises(NoSuchGroup):
            accounts.get_group(team.pk, actor=charlie)


@pytest.mark.parametrize(
    ("members_visibility", "role", "seen"),
    [
        ("managers", "member", {"bob"}),
        ("members", "member", {"alice", "bob"}),
        ("managers", "manager", {"alice", "bob", "charlie"}),
        ("members", None, set()),
    ],
)
def test_who_sees_the_people_of_a_group(team, bob, charlie, members_visibility, role, seen):
    Group.objects.filter(pk=team.pk).update(members_visibility=members_visibility)
    Membership.objects.create(group=team, identity=identity(charlie), status=Status.INVITED)
    mine = team.memberships.filter(identity=identity(bob))
    mine.update(role=role) if role else mine.delete()

    found = accounts.members_of(Group.objects.get(pk=team.pk), actor=bob)

    assert {place.identity.username.partition("@")[0] for place in found} == seen


def test_only_open_doors_are_found_by_name(team, bob, charlie):
    Group.objects.filter(pk=team.pk).update(visibility="authenticated")
    Group.objects.create(name="team of others")

    assert list(accounts.findable_groups(charlie, "TEA")) == [team]
    assert list(accounts.findable_groups(charlie, "tee\0")) == []
    assert list(accounts.findable_groups(bob)) == []


def test_what_is_done_to_a_group_is_in_the_log(alice, bob):
    group = accounts.make_group(owner=alice, name="team")
    accounts.invite(group=group, identity=identity(bob), actor=alice, role=Role.MANAGER)
    accounts.accept_invitation(group=group, identity=identity(bob), actor=bob)
    accounts.set_policies(group=group, actor=alice, policies=Policies(joining="open"))
    accounts.change_group(group=group, actor=alice, name="crew")
    accounts.delete_group(group=group, actor=alice)

    told = AuditEvent.objects.filter(target_id=group.pk).order_by("pk").values_list("actor_name", "action")
    assert [f"{actor.partition('@')[0]} {action.partition('.')[2]}" for actor, action in told] == [
        "alice made",
        "alice member_invited",
        "bob invitation_accepted",
        "alice policies_set",
        "alice changed",
        "alice deleted",
    ]
