"""Disks and lines that turn a bit of what is written by them."""

from __future__ import annotations

import os

from requests.adapters import HTTPAdapter

from apps.storage.backends.sftp_file import OpenFile

LEAST = 100
"""In bytes. What is less is no content of a test's file, but a record beside it."""


def bent(data: bytes) -> bytes:
    """Near the end of it; in a body of several parts, near the end of the last."""
    at = data.rfind(b"\r\n--") - 1
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def bend_disk(monkeypatch) -> None:
    pwrite = os.pwrite

    def write(file, data, at):
        return pwrite(file, data if len(data) < LEAST else bent(bytes(data)), at)

    monkeypatch.setattr("os.pwrite", write)


def bend_sftp(monkeypatch) -> None:
    ask_to_write = OpenFile.ask_to_write

    def write(self, offset, data):
        return ask_to_write(self, offset, data if len(data) < LEAST else bent(data))

    monkeypatch.setattr(OpenFile, "ask_to_write", write)


def bend_http(monkeypatch) -> None:
    send = HTTPAdapter.send

    def bend(self, request, **more):
        if request.method in {"PUT", "POST"} and request.body:
            request.body = bent(_whole(request.body))
        return send(self, request, **more)

    monkeypatch.setattr(HTTPAdapter, "send", bend)


def _whole(body) -> bytes:
    if isinstance(body, str):
        return body.encode()
    return body if isinstance(body, bytes) else b"".join(body)


def bend_s3(storage, *, least=LEAST) -> None:
    """On the connections of boto3's client, over which all goes."""
    session = storage.s3.boto._endpoint.http_session
    send = session.send

    def bend(request):
        if request.method == "PUT":
            body = request.body.read() if hasattr(request.body, "read") else request.body
            request.body = body if len(body) < least else bent(body)
        return send(request)

    session.send = bend
