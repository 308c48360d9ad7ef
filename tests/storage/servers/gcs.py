"""fake-gcs-server: Google's JSON interface, without signatures. Go builds it, so CI does not have it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which
from typing import Any

import pytest
import requests

from tests.storage.servers.running import free_port, running


@contextmanager
def fake_gcs(folder: Path) -> Iterator[dict[str, Any]]:
    """Settings of a bucket on it."""
    program, port = which("fake-gcs-server"), free_port()
    if program is None:
        pytest.skip("fake-gcs-server is not here: go install github.com/fsouza/fake-gcs-server@latest")
    url = f"http://127.0.0.1:{port}"
    start = [program, "-scheme", "http", "-host", "127.0.0.1", "-port", str(port), "-backend", "memory"]
    with running([*start, "-external-url", url, "-public-host", f"127.0.0.1:{port}"], port=port, log=folder / "log"):
        requests.post(f"{url}/storage/v1/b", json={"name": "vitrine"}, timeout=10).raise_for_status()
        yield {"bucket": "vitrine", "endpoint_url": url}
