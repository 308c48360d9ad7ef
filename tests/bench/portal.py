"""A live portal, as ``manage.py serve`` runs it, and a caller that keeps its connection."""

from __future__ import annotations

import base64
import http.client
import json
import os
import pickle
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import ceil
from pathlib import Path
from typing import Any, Self

from tests.bench.inside import SLUG, Asked
from tests.bench.pages import PageTimes
from tests.bench.services import ROOT, free_port
from tests.bench.who import WhoTimes


@dataclass
class Portal:
    """Web server, worker and clock with their data in ``home``; ``environ`` says what they stand on."""

    home: Path
    environ: Mapping[str, str]
    port: int = field(default_factory=free_port)
    _callers: list[Caller] = field(default_factory=list)

    def __enter__(self) -> Self:
        self.home.mkdir(parents=True, exist_ok=True)
        with (self.home / "serve.log").open("a") as log:
            command = [sys.executable, "manage.py", "serve", "--prepare"]
            self.process = subprocess.Popen(command, cwd=ROOT, env=self._environ, stdout=log, stderr=log)
        self._wait(within_s=120)
        self.tokens: dict[str, str] = self.inside("people")
        return self

    def __exit__(self, *_: object) -> None:
        for caller in self._callers:
            caller.close()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=60)

    def inside(self, what: str, *pace: int) -> Any:
        """Do something of ``inside`` with this portal's settings, and give its answer."""
        command = [sys.executable, "-m", "tests.bench.inside", what, *map(str, pace)]
        done = subprocess.run(command, cwd=ROOT, env=self._environ, stdout=subprocess.PIPE, check=True)
        return pickle.loads(base64.b64decode(done.stdout))

    def asked(self) -> Asked:
        asked: Asked = self.inside("asked")
        return asked

    def who(self, *, runs: int, warm_ups: int) -> list[WhoTimes]:
        """What it costs to know who asks."""
        times: list[WhoTimes] = self.inside("who", runs, warm_ups)
        return times

    def pages(self, *, runs: int, warm_ups: int, seconds: float) -> list[PageTimes]:
        times: list[PageTimes] = self.inside("pages", runs, warm_ups, ceil(seconds))
        return times

    def caller(self, name: str) -> Caller:
        """A new connection as this person; it lives as long as the portal."""
        self._callers.append(Caller(self.port, self.tokens[name]))
        return self._callers[-1]

    def pids(self) -> list[int]:
        """The portal's processes, the supervisor apart."""
        found, wanted = [], f"VITRINE_HOME={self.home}\0".encode()
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                is_mine = wanted in (folder / "environ").read_bytes()
            except OSError:
                continue
            if is_mine and int(folder.name) != self.process.pid:
                found.append(int(folder.name))
        return found

    @property
    def _environ(self) -> dict[str, str]:
        mine = {"VITRINE_HOME": str(self.home), "VITRINE_PORT": str(self.port)}
        others = {name: value for name, value in os.environ.items() if not name.startswith("VITRINE_")}
        return {**others, **self.environ, **mine, "DJANGO_SETTINGS_MODULE": "portal.settings"}

    def _wait(self, *, within_s: float) -> None:
        deadline = time.monotonic() + within_s
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(f"The portal does not answer. Its log is {self.home / 'serve.log'}.")
            time.sleep(0.2)

    def _answers(self) -> bool:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{self.port}/api/search/v1/index_list", timeout=10).close()
        except urllib.error.HTTPError as error:
            error.close()
            return True
        except OSError:
            return False
        return True


class Caller:
    """One person at the API, over one connection that is kept."""

    def __init__(self, port: int, token: str) -> None:
        self._port, self._token = port, token
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)

    def close(self) -> None:
        self._connection.close()

    def search(self, document: dict[str, Any]) -> Any:
        """The answer to a query document, read whole."""
        return self._ask("POST", f"/v1/index/{SLUG}/search", json.dumps(document).encode())

    def ingest(self, body: bytes, *, is_stream: bool = False) -> str:
        """Send documents; gives the task."""
        kind = "application/x-ndjson" if is_stream else "application/json"
        return str(self._ask("POST", f"/v1/index/{SLUG}/ingest", body, kind)["task_id"])

    def wait(self, task_id: str, *, within_s: float = 3600) -> None:
        """Wait until the task is done and its documents can be found."""
        deadline = time.monotonic() + within_s
        while (task := self._ask("GET", f"/v1/task/{task_id}"))["state"] != "SUCCESS":
            if task["state"] == "FAILED" or time.monotonic() > deadline:
                raise SystemExit(f"The ingest did not succeed: {task}")
            time.sleep(0.03)

    def _ask(self, method: str, path: str, body: bytes | None = None, kind: str = "application/json") -> Any:
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": kind}
        try:
            self._connection.request(method, f"/api/search{path}", body, headers)
            answer = self._connection.getresponse()
        except (ConnectionError, http.client.RemoteDisconnected):  # The server lets an idle connection go after 5 s.
            self._connection.close()
            self._connection.request(method, f"/api/search{path}", body, headers)
            answer = self._connection.getresponse()
        text = answer.read()
        if answer.status != 200:
            raise SystemExit(f"{method} {path} answered {answer.status}: {text[:500]!r}")
        return json.loads(text)
