"""Who moves files: the portal's mover, and the tools."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tests.bench.services import ROOT
from tests.bench.transfers.places import Place

AT_ONCE = "8"
"""Files at once, for all who can: as many as the mover's threads."""


@dataclass(frozen=True)
class Told:
    """How long it took, and the most memory that was held (MiB; None where that of one process says nothing)."""

    seconds: float
    peak: float | None = None


class Side(Protocol):
    """``compares`` and ``flushes`` say in words what it promises."""

    name: str
    compares: str
    flushes: str

    def move(self, source: Place, path: str, destination: Place, name: str) -> Told: ...


class Mover:
    name = "Vitrine"
    compares = "checksum of what is read back (POSIX, SFTP), or by the server: MD5 (S3), SHA-256 (large files, SFTP)"
    flushes = "yes; and its ledger"

    def __init__(self, home: Path) -> None:
        environ = {**os.environ, "VITRINE_HOME": str(home), "DJANGO_SETTINGS_MODULE": "portal.settings"}
        home.mkdir(parents=True)
        command = [sys.executable, "-m", "tests.bench.transfers.worker"]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": (home / "log").open("w")}
        self._process = subprocess.Popen(command, cwd=ROOT, env=environ, text=True, **pipes)

    def move(self, source: Place, path: str, destination: Place, name: str) -> Told:
        ends = {"source": _told(source), "destination": _told(destination)}
        self._process.stdin.write(json.dumps({**ends, "path": f"/{path}", "to": f"/{name}"}) + "\n")
        self._process.stdin.flush()
        told = json.loads(self._process.stdout.readline())
        return Told(told["seconds"], told["peak"])

    def close(self) -> None:
        self._process.stdin.close()
        self._process.wait()


def _told(place: Place) -> dict[str, object]:
    return {"kind": place.kind, "settings": place.settings, "credentials": place.credentials}


def environ_for(*ends: Place) -> dict[str, str]:
    """Of tools: those that Python brought are found, and rclone knows these places and no others."""
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    told = {name: value for end in ends for name, value in end.environ.items()}
    return {**os.environ, **told, "PATH": path, "RCLONE_CONFIG": os.devnull}


@dataclass(frozen=True)
class Tool:
    """A command; ``{source}`` and ``{target}`` are folders, which rclone writes in its own way."""

    name: str
    compares: str
    flushes: str
    command: str

    def move(self, source: Place, path: str, destination: Place, name: str) -> Told:
        ends = {"source": f"{source.remote}/{path}", "target": f"{destination.remote}/{name}"}
        environ = environ_for(source, destination)
        began = time.perf_counter()
        subprocess.run(["bash", "-ec", self.command.format(**ends)], env=environ, check=True)
        return Told(time.perf_counter() - began)


CP = Tool("cp -r", "nothing", "no", "cp -r {source} {target}")
SYNCED = Tool("cp -r, sync", "nothing", "yes", "cp -r {source} {target}; sync -f {target}")
RSYNC = Tool("rsync -a", "its own checksum of what was sent, not read back", "no", "rsync -a {source}/ {target}")
SUMMED = Tool(
    "cp -r, sha256sum",
    "SHA-256 of both, read back",
    "no",
    "cp -r {source} {target}; cd {source}; find . -type f -print0 | xargs -0 sha256sum >{target}.sums; "
    "cd {target}; sha256sum --quiet -c {target}.sums; rm {target}.sums",
)
_COPY = f"rclone copy -q --transfers {AT_ONCE} --checkers {AT_ONCE} {{source}} {{target}}"
RCLONE = Tool("rclone", "MD5 (POSIX, S3), size alone (SFTP)", "no", _COPY)
RCLONE_SUMMED = Tool(
    "rclone, md5sum", "MD5, by a command on the server for each file", "no", f"{_COPY} --sftp-shell-type unix"
)
