"""Who is told of which collection: asked of all of them, and of one."""

from datetime import timedelta
from itertools import product

import pytest
from django.utils import timezone

from apps.access import services as access
from apps.access.types import ALL_AUTHENTICATED, PUBLIC, group_urn, identity_urn
from apps.accounts import services as accounts
from apps.common.errors import NotAllowed
from apps.storage import services as storage
from apps.storage.errors import InvalidCollection, NoSuchCollection
from apps.storage.models import Collection
from apps.storage.types import FilePath

pytestmark = pytest.mark.django_db
OPEN = FilePath.parse("/open/")


def is_told(actor, collection):
    try:
        return storage.get_collection(collection.pk, actor=actor) == collection
    except NoSuchCollection:
        return False


@pytest.fixture
def hidden(beamline):
    beamline.visible_to = []
    beamline.save()
    return beamline


@pytest.fixture
def collections(alice, bob, team, hidden):
    """Each is told of in another way, and one to nobody."""
    made = [hidden]
    for visible_to in ([], [PUBLIC], [ALL_AUTHENTICATED], [group_urn(team.pk)]):
        made.append(Collection.objects.create(name="x", owner=alice, kind="posix", visible_to=visible_to))
    storage.add_rule(collection=hidden, actor=alice, principal=group_urn(team.pk), path=OPEN, permissions="r")
    access.grant(made[1].resource, "admin", identity_urn(accounts.identity_ids_of(bob)[0]))
    return made


def test_of_one_is_said_what_is_said_of_all(collections, alice, bob, charlie, nobody):
    root = accounts.make_user(username="root", password=None, is_admin=True)
    told = {actor: set(storage.visible_collections(actor)) for actor in (alice, bob, charlie, nobody, root)}

    for actor, collection in product(told, collections):
        assert is_told(actor, collection) == (collection in told[actor])
    assert [len(told[actor]) for actor in (alice, bob, charlie, nobody, root)] == [4, 5, 2, 1, 5]


def test_a_rule_that_has_expired_tells_of_nothing(hidden, alice, charlie):
    told = {"actor": alice, "principal": identity_urn(accounts.identity_ids_of(charlie)[0]), "permissions": "r"}
    rule = storage.add_rule(collection=hidden, path=OPEN, **told)
    assert is_told(charlie, hidden)

    rule.expires_at = timezone.now() - timedelta(seconds=1)
    rule.save()

    assert not is_told(charlie, hidden)
    assert hidden not in storage.visible_collections(charlie)


@pytest.mark.parametrize(("is_hidden", "asked"), [(False, 3), (True, 4)])
def test_a_file_costs_as_many_questions_however_many_collections_there_are(
    client, shared, alice, bob, is_hidden, asked, django_assert_num_queries
):
    """The collection, the roles on it and the actor's rules; if it is hidden, whether there is a rule at all."""
    for _ in range(5):
        Collection.objects.create(name="x", owner=alice, kind="posix")
    if is_hidden:
        Collection.objects.filter(pk=shared.pk).update(visible_to=[])
    client.force_login(bob)
    for_who_asks = 3  # the session, its person, and what they count as

    with django_assert_num_queries(for_who_asks + asked):
        assert client.get(f"/files/{shared.pk}/open/read me.txt").status_code == 200


def test_a_document_that_names_hosts_is_given_by_administrators_of_the_portal_alone(alice):
    bucket = Collection.objects.create(name="x", owner=alice, kind="gcs", settings={"bucket": "x"})
    access.grant(bucket.resource, "owner", identity_urn(accounts.identity_ids_of(alice)[0]))
    told = {"collection": bucket, "actor": alice, "told": {"service_account": "{}"}}

    assert storage.credentials_taken(bucket, actor=alice) == ()
    with pytest.raises(NotAllowed, match="hosts"):
        storage.change_credentials(**told)
    with pytest.raises(InvalidCollection, match="other credentials"):
        storage.change_credentials(**told | {"told": {"bucket": "y"}})


@pytest.mark.parametrize("told", [{"name": "x" * 201}, {"keywords": "\0"}, {"description": "x" * 4001}])
def test_a_text_that_no_table_holds_is_refused(beamline, alice, told):
    with pytest.raises(InvalidCollection, match="at most"):
        storage.change_collection(collection=beamline, actor=alice, **told)
