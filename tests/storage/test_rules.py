"""Whoever asks for whatever in random collections is answered as plain sets of rules would."""

from __future__ import annotations

import random
from datetime import timedelta
from itertools import chain, product

import pytest
from django.utils import timezone

from apps.access import services as access
from apps.access.types import ALL_AUTHENTICATED, PUBLIC, group_urn, identity_urn
from apps.accounts import services as accounts
from apps.storage.models import Collection
from apps.storage.services import rules
from apps.storage.types import FilePath
from tests.storage.plain_rules import People, Plain

NAMES = ("a", "ab", "%", "\udcff")
"""One begins as another does, one has to be escaped, one is no UTF-8."""
PLACES = [(), *product(NAMES), *product(NAMES[:2], NAMES), ("a", "ab", "a")]
SEEDS = range(10)


class World:
    """Three collections, each a folder of the one before, in the database and beside it."""

    def __init__(self, seed, users, team):
        self.chance, self.users = random.Random(seed), users
        own = {who: identity_urn(accounts.identity_ids_of(user)[0]) for who, user in users.items() if user.pk}
        signed_in = {who: {PUBLIC, ALL_AUTHENTICATED, urn} for who, urn in own.items()}
        self.people = People({"nobody": {PUBLIC}, **signed_in}, superusers={"root"})
        for member in ("alice", "bob"):
            self.people.principals[member].add(group_urn(team.pk))
        self.principals = [PUBLIC, ALL_AUTHENTICATED, group_urn(team.pk), *own.values()]
        self.own = own
        self.shares = [self.share(None, None)]
        for _ in range(2):
            self.shares.append(self.share(*self.shares[-1]))

    def share(self, collection, plain):
        owner = self.chance.choice(["alice", "alice", "bob", "charlie"])
        made = Plain(owner, plain, self.chance.choice(PLACES[:8]) if plain else (), self.chance.random() < 0.15)
        collection = Collection.objects.create(
            name="share",
            owner=self.users[owner],
            kind="guest" if plain else "posix",
            parent=collection,
            base_path=FilePath(made.base).key,
            is_read_only=made.is_read_only,
        )
        self.administer(collection, made, owner)
        for _ in range(self.chance.randrange(6)):
            self.add_rule(collection, made)
        return collection, made

    def administer(self, collection, plain, who):
        access.grant(collection.resource, self.chance.choice(["owner", "admin"]), self.own[who])
        plain.administrators.add(who)

    def add_rule(self, collection, plain):
        principal, place = self.chance.choice(self.principals), self.chance.choice(PLACES[:10])
        permissions = self.chance.choice(["r", "rw"])
        expires_in = self.chance.choice([None, None, timedelta(hours=1), timedelta(seconds=-1)])
        rules.add_rule(
            collection=collection,
            actor=self.users[plain.owner],
            principal=principal,
            path=FilePath(place),
            permissions=permissions,
            expires_at=expires_in and timezone.now() + expires_in,
        )
        has_expired = expires_in is not None and expires_in < timedelta()
        plain.rules[principal, place] = None if has_expired else permissions

    def lose(self):
        """Something that was given is taken back: an owner's roles, a rule, or that a collection is written to."""
        collection, plain = self.chance.choice(self.shares)
        match self.chance.choice(["roles", "rules", "writing"]):
            case "roles":
                access.withdraw_all(collection.resource)
                plain.administrators.clear()
            case "rules":
                for rule in collection.rules.all():
                    rules.remove_rule(rule=rule, actor=self.users["root"])
                plain.rules.clear()
            case "writing":
                Collection.objects.filter(pk=collection.pk).update(is_read_only=True)
                plain.is_read_only = True

    def disagreements(self):
        for (collection, plain), (who, user) in product(self.shares, self.users.items()):
            collection = Collection.objects.get(pk=collection.pk)
            for place in PLACES:
                for permission in ("r", "rw"):
                    expected = self.people.may(who, permission, plain, place)
                    if rules.may(user, permission, collection, FilePath(place)) != expected:
                        yield who, permission, str(FilePath(place)), expected

    def disagreements_below(self):
        for (collection, plain), (who, user) in product(self.shares, self.users.items()):
            rights = rules.rights_of(user, collection)
            readable = [place for place in DEEPER if self.people.may(who, "r", plain, place)]
            for place in PLACES[:6]:
                expected = any(other[: len(place)] == place for other in readable)
                if rights.may_below(FilePath(place)) != expected:
                    yield who, str(FilePath(place)), expected


DEEPER = list(chain.from_iterable(product(NAMES, repeat=depth) for depth in range(4)))
"""Every place to which a rule may lead, through the folders of three collections."""


@pytest.fixture
def users(alice, bob, charlie, nobody):
    root = accounts.make_user(username="root", password=None, is_admin=True)
    return {"alice": alice, "bob": bob, "charlie": charlie, "nobody": nobody, "root": root}


@pytest.mark.parametrize("seed", SEEDS)
def test_random_rules_are_met(users, team, seed):
    world = World(seed, users, team)

    assert list(world.disagreements()) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_taken_back_is_gone_at_once(users, team, seed):
    world = World(seed, users, team)

    for _ in range(3):
        world.lose()

    assert list(world.disagreements()) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_the_way_is_shown_just_to_what_may_be_read(users, team, seed):
    world = World(seed, users, team)
    world.lose()

    assert list(world.disagreements_below()) == []


def test_who_leaves_a_group_leaves_its_rules(users, team):
    world = World(4, users, team)
    identity = accounts.identities_of(users["bob"])[0]
    accounts.remove_member(group=team, identity=identity, actor=users["alice"])
    world.people.principals["bob"].discard(group_urn(team.pk))

    assert list(world.disagreements()) == []


def test_the_worlds_are_of_all_kinds(users, team):
    """In each kind of question some are let in and some are not: else nothing would have been compared."""
    answers = {(who, permission): set() for who in users for permission in ("r", "rw")}
    for seed in SEEDS:
        world = World(seed, users, team)
        for (_, plain), who, permission, place in product(world.shares, users, ("r", "rw"), PLACES):
            answers[who, permission].add(world.people.may(who, permission, plain, place))

    assert all(found == {True, False} for found in answers.values())
