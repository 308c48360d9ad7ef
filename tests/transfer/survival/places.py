"""Sources and destinations, seen without a word of the portal: a folder by the system's calls, a bucket by boto3."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

import boto3

from tests.storage.servers.s3 import KEYS


class Place(Protocol):
    """``seen`` are the visible files, by name, with their sizes; ``leftovers`` what nobody sees and nobody needs."""

    kind: str
    settings: dict[str, Any]
    credentials: dict[str, str]

    def put(self, files: dict[str, bytes]) -> None: ...
    def seen(self) -> Iterator[tuple[str, int]]: ...
    def checksum(self, name: str) -> str | None: ...
    def leftovers(self) -> list[str]: ...
    def forget(self, top: str) -> None: ...


class FolderPlace:
    kind = "posix"

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir()
        self.settings, self.credentials = {"root": str(root)}, {}

    def put(self, files: dict[str, bytes]) -> None:
        for name, data in files.items():
            (self.root / name).parent.mkdir(parents=True, exist_ok=True)
            (self.root / name).write_bytes(data)

    def seen(self) -> Iterator[tuple[str, int]]:
        for name in self._names():
            if not Path(name).name.startswith(".vitrine-"):
                with suppress(FileNotFoundError):
                    yield name, (self.root / name).stat().st_size

    def checksum(self, name: str) -> str | None:
        with suppress(FileNotFoundError), (self.root / name).open("rb") as file:
            return hashlib.file_digest(file, "md5").hexdigest()
        return None

    def leftovers(self) -> list[str]:
        return [name for name in self._names() if Path(name).name.startswith(".vitrine-")]

    def forget(self, top: str) -> None:
        shutil.rmtree(self.root / top)

    def _names(self) -> Iterator[str]:
        for folder, _, names in os.walk(self.root):
            yield from (str(Path(folder, name).relative_to(self.root)) for name in names)


class BucketPlace:
    kind = "s3"

    def __init__(self, url: str, bucket: str) -> None:
        self.settings = {"bucket": bucket, "endpoint_url": url}
        self.credentials, self.bucket = KEYS, bucket
        keys = {"aws_access_key_id": KEYS["access_key"], "aws_secret_access_key": KEYS["secret_key"]}
        self.s3 = boto3.session.Session().client("s3", endpoint_url=url, region_name="us-east-1", **keys)
        self.s3.create_bucket(Bucket=bucket)

    def put(self, files: dict[str, bytes]) -> None:
        with ThreadPoolExecutor(8) as pool:
            put = [pool.submit(self.s3.put_object, Bucket=self.bucket, Key=key, Body=files[key]) for key in files]
        for one in put:
            one.result()

    def seen(self) -> Iterator[tuple[str, int]]:
        yield from ((one["Key"], one["Size"]) for one in self._objects() if not one["Key"].endswith("/"))

    def checksum(self, name: str) -> str | None:
        try:
            answer = self.s3.get_object(Bucket=self.bucket, Key=name)
        except self.s3.exceptions.NoSuchKey:
            return None
        with answer["Body"] as body:
            return hashlib.file_digest(_Reader(body), "md5").hexdigest()

    def leftovers(self) -> list[str]:
        return [upload["Key"] for upload in self.s3.list_multipart_uploads(Bucket=self.bucket).get("Uploads", ())]

    def forget(self, top: str) -> None:
        for one in list(self._objects()):
            if one["Key"].startswith(f"{top}/"):
                self.s3.delete_object(Bucket=self.bucket, Key=one["Key"])

    def _objects(self) -> Iterator[dict[str, Any]]:
        for page in self.s3.get_paginator("list_objects_v2").paginate(Bucket=self.bucket):
            yield from page.get("Contents", ())


class _Reader:
    """As ``file_digest`` reads."""

    def __init__(self, body: Any) -> None:
        self._body = body

    def readable(self) -> bool:
        return True

    def readinto(self, room: bytearray) -> int:
        data = self._body.read(len(room))
        room[: len(data)] = data
        return len(data)
