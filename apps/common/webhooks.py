"""Signatures of requests, as https://www.standardwebhooks.com has them: over an id, the time and the body."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac

PREFIX = "whsec_"


def signature(secret: str, its_id: str, sent_at: str, body: bytes) -> str:
    """One of version 1. A secret that begins with ``whsec_`` is base64, any other is taken as it is written."""
    digest = hmac.new(_key(secret), f"{its_id}.{sent_at}.".encode() + body, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"


def _key(secret: str) -> bytes:
    if secret.startswith(PREFIX):
        try:
            return base64.b64decode(secret.removeprefix(PREFIX), validate=True)
        except binascii.Error:
            pass
    return secret.encode()
