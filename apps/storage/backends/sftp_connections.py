"""Connections to one SSH server: made with its pinned key, kept alive, lent to one operation at a time."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import BoundedSemaphore, Lock
from typing import Any

import paramiko
from paramiko.hostkeys import HostKeyEntry, InvalidHostKey

from apps.common.errors import PortalError
from apps.storage.backends.sftp_answers import SftpFailure
from apps.storage.backends.sftp_line import Line
from apps.storage.backends.sftp_session import Session
from apps.storage.errors import InvalidCollection

KEEPALIVE_S = 30
MOST_IDLE = 8
WINDOW, PACKET = 8 << 20, 256 << 10
"""In bytes, of what the server sends: no more comes than was asked for, and it never waits for leave to send on."""
CONNECTING = 4
"""So many handshakes at a time: sshd turns new ones away while ten are under way (MaxStartups)."""
FRESH_S = 1.0
"""How long a connection that was given back is believed to be alive without asking."""
LOST = (EOFError, OSError, paramiko.SSHException, paramiko.SFTPError)
"""What paramiko raises when a connection, not the server's answer, is the trouble."""


@dataclass(frozen=True)
class Server:
    """Where to, as whom, and how the server proves who it is."""

    host: str
    port: int
    username: str
    host_keys: tuple[paramiko.PKey, ...]
    password: str
    private_key: paramiko.PKey | None
    timeout_s: float

    def connect(self) -> paramiko.SSHClient:
        client = paramiko.SSHClient()
        client.set_missing_host_key_policy(paramiko.RejectPolicy())
        known_as = self.host if self.port == 22 else f"[{self.host}]:{self.port}"
        for key in self.host_keys:
            client.get_host_keys().add(known_as, key.get_name(), key)
        line = Line.to(self.host, self.port, self.timeout_s)
        try:
            client.connect(
                self.host,
                self.port,
                self.username,
                sock=line,
                transport_factory=_transport,
                password=self.password or None,
                pkey=self.private_key,
                allow_agent=False,
                look_for_keys=False,
                timeout=self.timeout_s,
                banner_timeout=self.timeout_s,
                auth_timeout=self.timeout_s,
                channel_timeout=self.timeout_s,
            )
        except paramiko.BadHostKeyException as error:
            client.close()
            raise InvalidCollection(
                f"{self.host} shows the host key {error.key.fingerprint}, which is not the pinned one. Ask its"
                " administrator whether the key was changed, and only then put the new one in `host_key`.",
                place="host_key",
            ) from error
        except BaseException:
            client.close()
            line.close()
            raise
        return client


def _transport(*about: Any, **more: Any) -> paramiko.Transport:
    """AES-GCM first, which paramiko asks for last: it needs no checksum beside it, and takes half the processor."""
    transport = paramiko.Transport(*about, **more)
    options = transport.get_security_options()
    options.ciphers = sorted(options.ciphers, key=lambda name: "gcm" not in name)
    return transport


class Connections:
    """Lends sessions. Those given back are used again; one that lay idle is asked for a sign of life first, so that
    a connection lost overnight is replaced before an operation is sent on it, and none is ever sent twice."""

    def __init__(self, server: Server, settle: Callable[[Session], None]) -> None:
        """``settle`` is called with each new session, before its first use."""
        self._server = server
        self._settle = settle
        self._idle: list[tuple[float, paramiko.SSHClient, Session]] = []
        self._lock = Lock()
        self._connecting = BoundedSemaphore(CONNECTING)

    @contextmanager
    def lend(self) -> Iterator[Session]:
        client, session = self._alive() or self._connect()
        try:
            yield session
        except (SftpFailure, PortalError, GeneratorExit):
            self._give_back(client, session)
            raise
        except BaseException:
            client.close()
            raise
        self._give_back(client, session)

    def close(self) -> None:
        with self._lock:
            idle, self._idle = self._idle, []
        for _, client, _ in idle:
            client.close()

    def _alive(self) -> tuple[paramiko.SSHClient, Session] | None:
        while True:
            with self._lock:
                if not self._idle:
                    return None
                since, client, session = self._idle.pop()
            if time.monotonic() - since < FRESH_S:
                return client, session
            with suppress(*LOST, SftpFailure):
                session.real_path(b".")
                return client, session
            client.close()

    def _connect(self) -> tuple[paramiko.SSHClient, Session]:
        with self._connecting:
            client = self._server.connect()
        try:
            transport = client.get_transport()
            transport.set_keepalive(KEEPALIVE_S)
            channel = transport.open_session(window_size=WINDOW, max_packet_size=PACKET, timeout=self._server.timeout_s)
            channel.settimeout(self._server.timeout_s)
            channel.invoke_subsystem("sftp")
            session = Session(channel)
            self._settle(session)
        except BaseException:
            client.close()
            raise
        return client, session

    def _give_back(self, client: paramiko.SSHClient, session: Session) -> None:
        try:
            session.wire.forget()
        except LOST:
            client.close()
            return
        with self._lock:
            if len(self._idle) < MOST_IDLE:
                self._idle.append((time.monotonic(), client, session))
                return
        client.close()


def parse_host_keys(text: str, host: str, port: int) -> tuple[paramiko.PKey, ...]:
    """Keys as ``ssh-keyscan`` prints them, a line each, with the host's name before or without.

    Raises:
        InvalidCollection: there is none, or one cannot be read.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    try:
        keys = [_host_key(line) for line in lines]
    except (InvalidHostKey, paramiko.SSHException, ValueError) as error:
        raise InvalidCollection(f"This is no host key: {error}.", place="host_key") from error
    if not keys:
        raise InvalidCollection(
            f"The server's host key is missing, without which anybody could pose as it. Print it with `ssh-keyscan -p"
            f" {port} {host}`, compare it with what the server's administrator says, and give the line as `host_key`.",
            place="host_key",
        )
    return tuple(keys)


def _host_key(line: str) -> paramiko.PKey:
    fields = line.split()
    named = line if len(fields) > 2 and not fields[0].startswith(("ssh-", "ecdsa-")) else f"host {line}"
    entry = HostKeyEntry.from_line(named)
    if entry is None:
        raise ValueError(line[:80])
    return entry.key


def parse_private_key(text: str, passphrase: str) -> paramiko.PKey | None:
    """
    Raises:
        InvalidCollection: it cannot be read, or not with this passphrase.
    """
    if not text:
        return None
    for kind in (paramiko.Ed25519Key, paramiko.ECDSAKey, paramiko.RSAKey):
        with suppress(paramiko.SSHException, ValueError, IndexError):
            return kind.from_private_key(io.StringIO(text), passphrase or None)
    raise InvalidCollection(
        "The private key cannot be read. Give it in OpenSSH's format (Ed25519, ECDSA or RSA), with its passphrase.",
        place="private_key",
    )
