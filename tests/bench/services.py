"""The engines and the database of the grown-up side: started here, with data of their own, and stopped again."""

from __future__ import annotations

import os
import socket
import subprocess
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Self

ROOT = Path(__file__).resolve().parent.parent.parent
DEPLOY = ROOT / "deploy"
# For its tests the node has the quick compiler alone, which would make a comparison unfair.
JAVA_OPTIONS = "-XX:TieredStopAtLevel=4"


def free_port(*, with_next: int = 0) -> int:
    """A port that nobody listens on, nor on the one so many above."""
    while True:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port = int(probe.getsockname()[1])
        try:
            with socket.create_server(("127.0.0.1", port + with_next)):
                return port
        except (OSError, OverflowError):
            continue


@dataclass
class Services:
    """A node of OpenSearch and a PostgreSQL under one folder."""

    folder: Path
    heap: str
    opensearch_url: str = ""
    database_url: str = ""

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            port = free_port(with_next=100)
            stack.callback(self._run, "opensearch/opensearch.sh", "stop", "--data", self.folder / "opensearch")
            self._run("opensearch/opensearch.sh", "start", *self._at("opensearch", port), "--heap", self.heap)
            self.opensearch_url = f"http://127.0.0.1:{port}"
            port = free_port()
            stack.callback(self._run, "postgres.sh", "stop", "--data", self.folder / "postgres")
            self._run("postgres.sh", "start", *self._at("postgres", port))
            self.database_url = f"postgres://vitrine@127.0.0.1:{port}/vitrine"
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def _at(self, name: str, port: int) -> list[object]:
        return ["--port", port, "--data", self.folder / name]

    @property
    def node_pid(self) -> int:
        return int((self.folder / "opensearch" / "pid").read_text())

    @property
    def database_pid(self) -> int:
        return int((self.folder / "postgres" / "db" / "postmaster.pid").read_text().split()[0])

    @staticmethod
    def _run(script: str, *words: object) -> None:
        environ = {**os.environ, "OPENSEARCH_JAVA_OPTS": JAVA_OPTIONS}
        subprocess.run([str(DEPLOY / script), *map(str, words)], env=environ, check=True)
