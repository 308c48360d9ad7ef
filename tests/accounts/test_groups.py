import pytest

from apps.accounts import services as accounts
from apps.accounts.errors import AlreadyMember, LastAdmin, NoSuchGroup, NoSuchPerson, NotManager
from apps.accounts.models import Group, Identity, Membership

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
        accounts.remove_member(group=team, identity_id=identity(alice).pk, actor=bob)


def test_one_who_left_can_be_added_again_with_another_role(team, alice, charlie):
    place = Membership.objects.create(group=team, identity=identity(charlie), status=Status.LEFT, role=Role.ADMIN)

    again = accounts.add_member(group=team, identity=identity(charlie), actor=alice)

    assert (again.pk, again.role, again.status) == (place.pk, Role.MEMBER, Status.ACTIVE)


def test_adding_a_member_again_changes_nothing(team, alice, bob):
    with pytest.raises(AlreadyMember):
        accounts.add_member(group=team, identity=identity(bob), actor=alice, role=Role.ADMIN)

    assert not accounts.membership_of(bob, team.pk).may_manage


def test_a_member_may_leave(team, bob):
    accounts.remove_member(group=team, identity_id=identity(bob).pk, actor=bob)

    assert accounts.groups_of(bob) == []


def test_the_last_admin_stays(team, alice):
    with pytest.raises(LastAdmin):
        accounts.remove_member(group=team, identity_id=identity(alice).pk, actor=alice)

    assert accounts.groups_of(alice) == [team]


def test_a_stranger_is_not_told_who_is_in_a_group(team, bob, charlie):
    for somebody in (bob, charlie):
        with pytest.raises((NotManager, NoSuchPerson)):
            accounts.remove_member(group=team, identity_id=identity(somebody).pk, actor=charlie)


def test_five_hundred_groups_take_one_query(bob, django_assert_num_queries):
    groups = Group.objects.bulk_create(Group(name=f"g{n}") for n in range(500))
    Membership.objects.bulk_create(Membership(group=group, identity=identity(bob)) for group in groups)

    with django_assert_num_queries(1):
        assert len(accounts.identity_and_group_ids_of(bob)[1]) == 500
    with django_assert_num_queries(1):
        assert len(accounts.groups_of(bob)) == 500
