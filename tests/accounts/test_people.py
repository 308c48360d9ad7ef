import pytest
from django.db import IntegrityError

from apps.accounts import services as accounts
from apps.accounts.errors import InvalidPerson, NoSuchPerson
from apps.accounts.models import Identity, User

pytestmark = pytest.mark.django_db


def test_a_user_has_a_local_identity_whichever_way_they_are_made():
    User.objects.create_superuser("dora", "dora@example.org", "secret")
    User.objects.create_user("emil")
    User(username="fay").save()

    assert set(Identity.objects.values_list("username", flat=True)) == {
        "dora@vitrine.local",
        "emil@vitrine.local",
        "fay@vitrine.local",
    }


def test_the_local_identity_follows_a_renamed_user_and_keeps_its_id(alice):
    (before,) = accounts.identities_of(alice)
    alice.username, alice.name = "Alicia", "Alicia B."

    alice.save()

    (after,) = accounts.identities_of(alice)
    assert (after.pk, after.username, after.name) == (before.pk, "alicia@vitrine.local", "Alicia B.")


def test_signing_in_does_not_touch_the_identity(alice, django_assert_num_queries):
    with django_assert_num_queries(1):
        alice.save(update_fields=["last_login"])


def test_a_linked_identity_comes_after_the_one_that_the_user_is_known_by(alice):
    Identity.objects.create(user=alice, username="0000-0002@orcid.org", provider="orcid.org", name="Alice")

    names = [identity.username for identity in accounts.identities_of(alice)]

    assert names == ["alice@vitrine.local", "0000-0002@orcid.org"]


@pytest.mark.parametrize("username", ["bob@vitrine.local", "", "a b", ".hidden", "аlice", "x" * 151, "line\n"])
def test_a_username_that_could_be_taken_for_another_is_refused(username):
    with pytest.raises(InvalidPerson) as refused:
        accounts.make_user(username=username, password="p")

    assert refused.value.place == "username"


def test_usernames_differ_by_more_than_case(alice):
    with pytest.raises(InvalidPerson, match="taken"):
        accounts.make_user(username="ALICE", password="p")
    with pytest.raises(IntegrityError):
        User.objects.create_user("Alice")


def test_a_person_is_found_by_username_with_or_without_provider(alice):
    (identity,) = accounts.identities_of(alice)

    assert accounts.find_identity(" Alice ") == accounts.find_identity("alice@vitrine.local") == identity


@pytest.mark.parametrize("username", ["charlie", "alice@orcid.org", "", "@", "\x00"])
def test_nobody_is_found_by_a_name_that_nobody_has(alice, username):
    with pytest.raises(NoSuchPerson):
        accounts.find_identity(username)


def test_ids_are_in_the_order_of_the_identities(alice):
    for number in range(5):
        Identity.objects.create(user=alice, username=f"{number}@orcid.org", provider="orcid.org", name="Alice")

    assert accounts.identity_ids_of(alice) == [identity.pk for identity in accounts.identities_of(alice)]
