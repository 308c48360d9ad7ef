"""OpenSSH's server. It lets commands be run as well, by a shell in whose home nothing is: what the one of whoever runs
the tests does when it starts is nobody's concern here."""

from __future__ import annotations

import getpass
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.storage.servers.running import free_port, program, running

CONFIG = """
Port {port}
ListenAddress 127.0.0.1
HostKey {home}/hostkey
PidFile {home}/sshd.pid
AuthorizedKeysFile {home}/userkey.pub
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
SetEnv "HOME={home}"
Subsystem sftp internal-sftp {options}
{more}
"""


@dataclass(frozen=True)
class SshServer:
    """``settings`` and ``credentials`` are those of ``SftpStorage`` for it."""

    settings: dict[str, object]
    credentials: dict[str, str]
    pid: int


@contextmanager
def ssh_server(home: Path, *, options: str = "", more: str = "") -> Iterator[SshServer]:
    """``home`` holds its keys and log. ``options`` are those of its ``internal-sftp``; ``more`` are lines of its
    configuration."""
    sshd = program("sshd", package="openssh-server")
    port = free_port()
    for name in ("hostkey", "userkey"):
        subprocess.run([program("ssh-keygen", package="openssh-client"), "-qt", "ed25519", "-N", "", "-f", home / name])
    (home / "sshd_config").write_text(CONFIG.format(port=port, home=home, options=options, more=more))
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)  # where it leaves its privileges behind
    with running([sshd, "-D", "-e", "-f", str(home / "sshd_config")], port=port, log=home / "sshd.log") as process:
        yield SshServer(
            settings={
                "host": "127.0.0.1",
                "port": port,
                "username": getpass.getuser(),
                "host_key": (home / "hostkey.pub").read_text(),
            },
            credentials={"private_key": (home / "userkey").read_text()},
            pid=process.pid,
        )
