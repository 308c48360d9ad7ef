"""Requests and answers of SFTP: together where they can be, in any order, and never guessed at."""

import socket
import struct
from contextlib import closing
from threading import Thread

import pytest
from paramiko import SFTPError, SSHException
from paramiko.sftp import CMD_DATA, CMD_READ, CMD_STATUS

from apps.storage.backends.sftp_answers import SftpFailure, text
from apps.storage.backends.sftp_wire import Wire
from apps.storage.types import FilePath

VERSION = struct.pack(">IBI", 5, 2, 3)
FULL, ENDED = 4, 1


def packet(kind, number, *parts):
    body = struct.pack(">BI", kind, number) + b"".join(parts)
    return struct.pack(">I", len(body)) + body


def status(number, code):
    return packet(CMD_STATUS, number, struct.pack(">I", code), text(b"because"), text(b""))


@pytest.fixture
def wire():
    """A session with a server that says this, whatever it is asked, and ends."""
    ours, theirs = socket.socketpair()
    ours.settimeout(10)

    def wire(*said):
        theirs.sendall(b"".join(said))
        theirs.shutdown(socket.SHUT_WR)
        return Wire(ours)

    with closing(ours), closing(theirs):
        yield wire


def test_answers_are_taken_in_the_order_of_who_waits(wire):
    asked = wire(VERSION, packet(CMD_DATA, 2, text(b"second")), packet(CMD_DATA, 1, text(b"first")))
    first, second = asked.ask(CMD_READ), asked.ask(CMD_READ)

    assert [asked.take(number, CMD_DATA).text() for number in (first, second)] == [b"first", b"second"]


def test_a_failure_keeps_its_number_and_an_end_is_told_from_it(wire):
    asked = wire(VERSION, status(1, FULL), status(2, ENDED))
    first, second = asked.ask(CMD_READ), asked.ask(CMD_READ)

    with pytest.raises(SftpFailure, match="because") as failure:
        asked.take(first, CMD_DATA)
    assert failure.value.code == FULL
    with pytest.raises(EOFError):
        asked.take(second, CMD_DATA)


def test_what_nobody_waits_for_any_more_is_dropped(wire):
    asked = wire(VERSION, packet(CMD_DATA, 1, text(b"late")), status(2, FULL))
    asked.ask(CMD_READ)
    asked.forget()

    with pytest.raises(SftpFailure):
        asked.take(asked.ask(CMD_READ))
    assert asked._arrived == {}


def test_a_connection_that_ends_is_no_end_of_a_file(wire):
    asked = wire(VERSION)

    with pytest.raises(SSHException):
        asked.take(asked.ask(CMD_READ), CMD_DATA)


@pytest.mark.parametrize("said", [b"Welcome to the cluster!\n", struct.pack(">IBI", 5, 2, 2), b"\0\0\0\0", b"\xff" * 8])
def test_a_server_that_speaks_something_else_is_told(wire, said):
    with pytest.raises(SFTPError):
        wire(said)


@pytest.mark.parametrize("said", [b"", b"\0\0\0\7abc"])
def test_an_answer_that_is_cut_off_is_none(wire, said):
    asked = wire(VERSION, packet(CMD_DATA, 1, said))

    with pytest.raises(SFTPError, match="cut off"):
        asked.take(asked.ask(CMD_READ), CMD_DATA).text()


def test_a_small_file_takes_four_turns(open_storage, monkeypatch):
    storage, turns, send = open_storage(), [], Wire._send
    storage.stat(FilePath())
    monkeypatch.setattr(Wire, "_send", lambda self: (turns.append(self), send(self)))

    storage.write(FilePath(("file",)), b"data")

    assert len(turns) == 4


def test_what_openssh_takes_at_once_is_used_with_a_cipher_that_needs_no_checksum(open_storage):
    with open_storage()._connections.lend() as session:
        assert session._sizes.written > 200_000
        assert "gcm" in session.wire.channel.get_transport().remote_cipher


def test_threads_have_sessions_of_their_own(open_storage):
    storage = open_storage()
    threads = [Thread(target=storage.write, args=(FilePath((str(n),)), bytes([n]) * 300_000)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    for n in range(6):
        assert b"".join(storage.read(FilePath((str(n),)))) == bytes([n]) * 300_000
