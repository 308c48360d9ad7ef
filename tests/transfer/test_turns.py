"""Turns are fair between people, and no person or storage is served more than its share."""

import pytest
from django.utils import timezone

from apps.access.types import identity_urn
from apps.accounts import services as accounts
from apps.storage import services as storage
from apps.storage.types import FilePath
from apps.transfer.mover import turns
from tests.transfer.conftest import fill, wish

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shared(alice, bob, charlie, source, destination, here):
    """Bob and Charlie may send what Alice may."""
    fill(here, a=1)
    for person in (bob, charlie):
        who = identity_urn(accounts.identity_ids_of(person)[0])
        for collection in (source, destination):
            storage.add_rule(collection=collection, actor=alice, principal=who, path=FilePath(), permissions="rw")


def served(*, most):
    """Whose tasks are taken, turn by turn, while nobody gives one back."""
    taken = []
    while len(taken) < most and (turn := turns.take(timezone.now)):
        taken.append(turn.held.get().owner.username)
    return taken


@pytest.mark.usefixtures("shared")
def test_who_submits_most_is_not_served_most(submit, bob, charlie, settings):
    settings.TRANSFER_TURNS_PER_PERSON = settings.TRANSFER_TURNS_PER_STORAGE = 10
    for person in (bob, bob, bob, bob, charlie):
        submit(wish("/a"), actor=person)

    assert sorted(served(most=2)) == sorted([bob.username, charlie.username])


@pytest.mark.usefixtures("shared")
def test_nobody_has_more_turns_at_once_than_a_person_may(submit, bob, settings):
    settings.TRANSFER_TURNS_PER_PERSON, settings.TRANSFER_TURNS_PER_STORAGE = 2, 10
    for _ in range(4):
        submit(wish("/a"), actor=bob)

    assert len(served(most=10)) == 2


@pytest.mark.usefixtures("shared")
def test_no_storage_has_more_turns_at_once_than_it_may(submit, alice, bob, charlie, settings):
    settings.TRANSFER_TURNS_PER_PERSON, settings.TRANSFER_TURNS_PER_STORAGE = 10, 3
    for person in (alice, bob, charlie, alice, bob):
        submit(wish("/a"), actor=person)

    assert len(served(most=10)) == 3


@pytest.mark.usefixtures("shared")
def test_one_task_is_taken_once(submit, bob):
    submit(wish("/a"), actor=bob)

    assert len(served(most=10)) == 1


@pytest.mark.usefixtures("shared")
def test_who_was_served_last_waits_longest(submit, bob, settings):
    settings.TRANSFER_TURNS_PER_PERSON = 1
    first, second = (submit(wish("/a"), actor=bob) for _ in range(2))
    order = []
    for _ in range(4):
        turn = turns.take(timezone.now)
        order.append(turn.task_id)
        turn.release()

    assert order == [first.pk, second.pk, first.pk, second.pk]
