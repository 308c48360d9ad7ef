"""How much of large files is in memory at once."""

import threading

import pytest

from apps.storage.backends.posix import PosixStorage
from apps.transfer.mover import pieces
from apps.transfer.mover.room import Room
from tests.transfer.conftest import fill, tree, wish

MIB = 1 << 20


class Enough(Exception):
    pass


def test_who_finds_no_room_waits_until_some_is_given_back():
    room, took = Room(10), threading.Event()
    room.take(6, lambda: None)

    other = threading.Thread(target=lambda: (room.take(5, lambda: None), took.set()))
    other.start()
    assert not took.is_set()
    room.give_back(6)
    other.join(30)

    assert (took.is_set(), room.taken) == (True, 5)


def test_what_is_larger_than_all_goes_alone():
    room = Room(10)

    room.take(100, lambda: None)

    assert room.taken == 100


def test_a_task_that_is_interrupted_waits_no_longer(monkeypatch):
    def go_on():
        raise Enough

    monkeypatch.setattr(Room, "LOOKS_EVERY_S", 0.01)
    room = Room(10)
    room.take(10, lambda: None)

    with pytest.raises(Enough):
        room.take(1, go_on)


@pytest.mark.django_db(transaction=True)
def test_large_files_are_sent_within_the_room_that_there_is(here, there, submit, moved, monkeypatch):
    fill(here, **{f"f{number}": 40 * MIB for number in range(3)})
    room, most, write = Room(20 * MIB), [], PosixStorage.write_chunk
    monkeypatch.setattr(pieces, "ROOM", room)
    monkeypatch.setattr(PosixStorage, "write_chunk", lambda *told: (most.append(room.taken), write(*told))[1])

    task = moved(submit(wish("/")))

    assert (task.status, tree(there), room.taken) == ("SUCCEEDED", tree(here), 0)
    assert max(most) <= room.most
