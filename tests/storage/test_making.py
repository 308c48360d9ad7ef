"""Who makes a collection, and whose it is then."""

from uuid import UUID

import pytest

from apps.common.errors import NotAllowed
from apps.storage import services as storage
from apps.storage.errors import InvalidCollection
from tests.storage.beamline import admin, root

__all__ = ["admin", "root"]
pytestmark = pytest.mark.django_db
ID = UUID("6f1d2a44-7c15-4b0e-9d53-2f6a0c9be7c2")


@pytest.fixture
def told(root):
    return {"name": "Beamline", "kind": "posix", "settings": {"root": str(root)}}


def test_an_administrator_makes_a_collection_for_somebody_else(admin, bob, charlie, told):
    made = storage.create_collection(actor=admin, owner=bob, **told)

    assert made.owner == bob
    assert storage.administers(bob, made)
    assert not storage.administers(charlie, made)


def test_nobody_else_makes_one_for_themselves_or_for_others(admin, bob, charlie, told):
    for owner in (None, bob, admin):
        with pytest.raises(NotAllowed, match="Only administrators"):
            storage.create_collection(actor=charlie, owner=owner, **told)


def test_an_id_that_is_known_already_is_given_to_one_collection_alone(admin, told):
    made = storage.create_collection(actor=admin, collection_id=ID, **told)

    assert made.pk == ID
    with pytest.raises(InvalidCollection, match="id already"):
        storage.create_collection(actor=admin, collection_id=ID, **{**told, "name": "Another"})
    assert storage.get_collection(ID, actor=admin).name == "Beamline"
