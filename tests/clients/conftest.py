"""Programs of the field, unmodified, in processes of their own: nothing tells them of the portal but variables."""

from __future__ import annotations

import json
import os
import socket
import stat
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from apps.accounts.views.command_line import addresses
from tests.api.conftest import server
from tests.auth.conftest import portal
from tests.search.conftest import index, put, team_urn, urn_of

__all__ = ["index", "portal", "put", "server", "team_urn", "urn_of"]

BIN = Path(sys.executable).parent
KEEP_ADDRESS = '#!/bin/sh\nprintf %s "$1" > "$HOME/address.new" && mv "$HOME/address.new" "$HOME/address"\n'


class Laptop:
    """Somebody's own machine: a home, programs, and a browser that keeps the address which it is told to open."""

    def __init__(self, home: Path, **variables: str) -> None:
        self.home = home
        browser = home / "browser"
        browser.write_text(KEEP_ADDRESS)
        browser.chmod(stat.S_IRWXU)
        self.variables = {
            "HOME": str(home),
            "PATH": f"{BIN}:{os.defpath}",
            "LANG": "C.UTF-8",
            "BROWSER": f"{browser} %s",
            "GLOBUS_SDK_HTTP_TIMEOUT": "20",
            **variables,
        }

    def start(self, *words: str, **how: Any) -> subprocess.Popen[str]:
        pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
        return subprocess.Popen(words, env=self.variables, cwd=self.home, text=True, **{**pipes, **how})

    def run(self, *words: str, typed: str = "", status: int = 0) -> str:
        """What the program says; with another status than 0, what it complains of."""
        with self.start(*words) as process:
            said, complained = process.communicate(typed, timeout=60)
        assert process.returncode == status, (words, process.returncode, said, complained)
        return complained if status else said

    def globus(self, *words: str, **how: Any) -> str:
        return self.run("globus", *words, **how)

    def json(self, *words: str, **how: Any) -> Any:
        return json.loads(self.globus(*words, "--format", "json", **how))

    def address(self) -> str:
        """The address that the browser was told to open; "" if there is none yet."""
        kept = self.home / "address"
        told = kept.read_text() if kept.exists() else ""
        kept.unlink(missing_ok=True)
        return told


@pytest.fixture
def elsewhere():
    """A proxy for whatever is not on this machine. That anybody asks it for anything fails the test."""
    with socket.create_server(("127.0.0.1", 0)) as proxy:
        yield f"http://127.0.0.1:{proxy.getsockname()[1]}"
        proxy.setblocking(False)
        with pytest.raises(BlockingIOError):
            proxy.accept()


@pytest.fixture
def bare(tmp_path_factory, elsewhere):
    """Makes a laptop that knows of no portal."""

    def make(**variables: str) -> Laptop:
        proxies = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"), elsewhere)
        here = dict.fromkeys(("NO_PROXY", "no_proxy"), "127.0.0.1,localhost")
        return Laptop(tmp_path_factory.mktemp("laptop"), **proxies, **here, **variables)

    return make


@pytest.fixture
def laptop(bare, portal):
    """A laptop on which nobody has signed in yet."""
    return bare(**addresses(portal))


@pytest.fixture
def robots(bare, portal, alice):
    """Makes a machine on which a program of Alice's acts for itself."""

    def make(name: str) -> Laptop:
        told = StringIO()
        call_command("create_application", name, owner="alice", type="service", stdout=told)
        made = json.loads(told.getvalue())
        secrets = {f"GLOBUS_CLI_{key.upper()}": made[key] for key in ("client_id", "client_secret")}
        return bare(**addresses(portal), **secrets)

    return make


@pytest.fixture
def robot(robots):
    return robots("robot")


@pytest.fixture
def page(chromium):
    """The browser of somebody who has not been here."""
    context = chromium.new_context()
    yield context.new_page()
    context.close()
