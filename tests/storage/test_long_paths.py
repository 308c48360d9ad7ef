"""Rules hold at paths of any length that there is. PostgreSQL keeps no more than 2,700 bytes in a row of an index."""

import random
from string import ascii_letters

import pytest
from django.db import IntegrityError, transaction

from apps.access.types import PUBLIC, group_urn
from apps.storage import services as storage
from apps.storage.models import AccessRule
from apps.storage.types import LONGEST_PATH, FilePath

SIGNS = [*ascii_letters, "\udcff"]
CHANCE = random.Random(6)


def longest(last):
    """A path as long as any may be, of letters that no database packs, with ``last`` as its last name."""
    lengths = [*[255] * 15, 254 - len(last)]
    return FilePath((*("".join(CHANCE.choices(SIGNS, k=length)) for length in lengths), last))


def test_rules_at_the_longest_paths_are_held_apart(beamline, alice, bob, team):
    one = longest("a")
    other = one.parent / "b"
    assert len(str(one)) == LONGEST_PATH < len(one.key)

    storage.add_rule(collection=beamline, actor=alice, principal=group_urn(team.pk), path=one, permissions="r")
    storage.add_rule(collection=beamline, actor=alice, principal=PUBLIC, path=other, permissions="r")
    storage.add_rule(collection=beamline, actor=alice, principal=group_urn(team.pk), path=one, permissions="rw")

    assert [storage.may(bob, "rw", beamline, path) for path in (one, other, one.parent)] == [True, False, False]
    assert len(storage.rules_of(beamline, actor=alice)) == 2


def test_a_principal_has_one_rule_at_a_place(beamline, alice):
    path = longest("a")
    storage.add_rule(collection=beamline, actor=alice, principal=PUBLIC, path=path, permissions="r")

    with pytest.raises(IntegrityError), transaction.atomic():
        AccessRule.objects.create(collection=beamline, principal=PUBLIC, path=path.key, permissions="rw")
