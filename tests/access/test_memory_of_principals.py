"""Principals are kept in memory between requests, and yet every change of them counts in the next one."""

import pytest
from django.db import transaction

from apps.access import services as access
from apps.access.types import group_urn, identity_urn
from apps.accounts import services as accounts
from apps.accounts.models import Group, Identity, Membership, User
from apps.common.recent import Recent

pytestmark = pytest.mark.django_db(transaction=True)


def principals_now(user):
    """As the next request has them: of the user as the database holds them then."""
    return access.principals_of(User.objects.get(pk=user.pk))


def identity(user):
    return accounts.identities_of(user)[0]


@pytest.fixture
def below(alice):
    """A group of Alice's that stands below another."""
    return accounts.make_group(owner=alice, name="below", parent=accounts.make_group(owner=alice, name="above"))


@pytest.fixture
def admin(client, db):
    client.force_login(accounts.make_user(username="admin", password=None, is_admin=True))
    return client


def test_what_is_known_is_not_asked_again(team, bob, django_assert_num_queries):
    bob.refresh_from_db()
    first = access.principals_of(bob)

    with django_assert_num_queries(0):
        assert access.principals_of(bob) is first


def link(user):
    return Identity.objects.create(user=user, username=f"{user.username}@x.org", provider="x.org", name="X")


def place(user, group):
    return Membership.objects.get(identity__user=user, group=group)


def by_save(team, below, alice, bob, charlie):
    mine = place(bob, team)
    mine.status = "left"
    mine.save(update_fields=["status"])


def by_bulk_update(team, below, alice, bob, charlie):
    mine = place(bob, team)
    mine.status = "left"
    Membership.objects.bulk_update([mine], ["status"])


def by_giving_an_identity_away(team, below, alice, bob, charlie):
    Identity.objects.filter(user=charlie).update(user_id=bob.pk)


CHANGES = {
    "added": lambda team, below, alice, bob, charlie: accounts.add_member(
        group=below, identity=identity(charlie), actor=alice
    ),
    "invited, which changes nothing": lambda team, below, alice, bob, charlie: accounts.invite(
        group=team, identity=identity(charlie), actor=alice
    ),
    "left": lambda team, below, alice, bob, charlie: accounts.leave(group=team, identity=identity(bob), actor=bob),
    "saved": by_save,
    "updated": lambda team, below, alice, bob, charlie: team.memberships.update(status="left"),
    "moved to another identity": lambda team, below, alice, bob, charlie: Membership.objects.filter(
        identity__user=bob
    ).update(identity=identity(charlie)),
    "updated in bulk": by_bulk_update,
    "made in bulk": lambda team, below, alice, bob, charlie: Membership.objects.bulk_create(
        [Membership(group=below, identity=identity(charlie))]
    ),
    "taken away": lambda team, below, alice, bob, charlie: place(bob, team).delete(),
    "taken away, all at once": lambda team, below, alice, bob, charlie: Membership.objects.all().delete(),
    "group deleted": lambda team, below, alice, bob, charlie: Group.objects.filter(pk=below.pk).delete(),
    "group put elsewhere": lambda team, below, alice, bob, charlie: Group.objects.filter(pk=below.pk).update(
        parent=None
    ),
    "identity linked": lambda team, below, alice, bob, charlie: link(charlie),
    "identity taken away": lambda team, below, alice, bob, charlie: Identity.objects.filter(user=bob).delete(),
    "identity given to another": by_giving_an_identity_away,
    "user deleted": lambda team, below, alice, bob, charlie: charlie.delete(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_counts_in_the_next_request(team, below, alice, bob, charlie, change):
    accounts.add_member(group=below, identity=link(bob), actor=alice)
    people = (alice, bob, charlie)
    before = [principals_now(user) for user in people]

    CHANGES[change](team, below, alice, bob, charlie)

    left = [user for user in people if user.pk and User.objects.filter(pk=user.pk).exists()]
    assert [principals_now(user) for user in left] == [asked(user) for user in left]
    assert [asked(user) for user in left] != before or "nothing" in change


def asked(user):
    """As the tables have them, without what is remembered."""
    identities, groups = accounts.identity_and_group_ids_of(user)
    urns = {*map(identity_urn, identities), *map(group_urn, groups)}
    return urns | {"public", "all_authenticated_users"}


def test_a_group_that_is_put_elsewhere_in_the_admin_counts(admin, below, bob):
    Membership.objects.create(group=below, identity=identity(bob))
    assert group_urn(below.parent_id) in principals_now(bob)

    form = admin.get(f"/admin/accounts/group/{below.pk}/change/").context["adminform"].form
    values = {name: value if (value := form.get_initial_for_field(form.fields[name], name)) is not None else ""
              for name in form.fields}  # fmt: skip
    places = {"memberships-TOTAL_FORMS": 0, "memberships-INITIAL_FORMS": 0}
    answer = admin.post(
        f"/admin/accounts/group/{below.pk}/change/", values | places | {"parent": "", "signup_fields": "[]"}
    )

    assert answer.status_code == 302, answer.context["errors"]
    assert group_urn(below.parent_id) not in principals_now(bob)


def test_a_group_that_is_deleted_in_the_admin_counts(admin, below, alice):
    assert group_urn(below.pk) in principals_now(alice)

    admin.post(f"/admin/accounts/group/{below.pk}/delete/", {"post": "yes"})

    assert group_urn(below.pk) not in principals_now(alice)


def test_no_ring_of_groups_is_made_in_the_admin(admin, below):
    answer = admin.post(f"/admin/accounts/group/{below.parent_id}/change/", {"name": "above", "parent": below.pk})

    assert "cannot stand below itself" in answer.text


def test_a_user_who_was_read_earlier_and_is_saved_does_not_bring_the_old_version_back(team, bob, alice):
    before = principals_now(bob)
    early = User.objects.get(pk=bob.pk)
    accounts.remove_member(group=team, identity=identity(bob), actor=alice)

    early.name = "Robert"
    early.save()

    assert principals_now(bob) == before - {group_urn(team.pk)}


def test_a_change_that_is_taken_back_leaves_nothing_wrong_behind(team, bob, alice):
    before = principals_now(bob)

    with transaction.atomic():
        accounts.remove_member(group=team, identity=identity(bob), actor=alice)
        assert group_urn(team.pk) not in principals_now(bob)
        transaction.set_rollback(True)

    assert principals_now(bob) == before
    accounts.remove_member(group=team, identity=identity(bob), actor=alice)
    assert group_urn(team.pk) not in principals_now(bob)


def test_within_a_transaction_nothing_is_remembered(team, bob, alice):
    bob.refresh_from_db()
    access.principals_of(bob)

    with transaction.atomic():
        accounts.remove_member(group=team, identity=identity(bob), actor=alice)

        assert group_urn(team.pk) not in access.principals_of(bob)


def test_what_is_read_of_a_newer_state_is_kept_for_that_state(team, bob, alice):
    """The user was read before a change, and their groups after it."""
    bob.refresh_from_db()
    accounts.remove_member(group=team, identity=identity(bob), actor=alice)

    assert group_urn(team.pk) not in access.principals_of(bob)
    Membership.objects.filter(identity=identity(bob)).update(status="active")
    assert group_urn(team.pk) in principals_now(bob)


def test_a_large_group_that_goes_takes_few_questions(alice, team, django_assert_max_num_queries):
    for number in range(30):
        user = accounts.make_user(username=f"u{number}", password=None)
        Membership.objects.create(group=team, identity=identity(user))

    with django_assert_max_num_queries(20):
        accounts.delete_group(group=team, actor=alice)


def test_a_full_memory_lets_go_of_what_was_not_asked_for():
    memory = Recent(most=2)
    memory.keep("a", 1)
    memory.keep("b", 2)
    memory.get("a")
    memory.keep("c", 3)

    assert [memory.get(key) for key in "abc"] == [1, None, 3]
