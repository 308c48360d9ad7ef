"""Signatures of webhooks: as https://www.standardwebhooks.com has them, and as GitHub signs.

The first signs an id, a time and the body with a secret ``whsec_`` in base64, and is good for five minutes. GitHub's
signs the body alone with the secret as it is written, so that whoever heard a request may repeat it: it is taken once,
by the id of its delivery, or by what it says.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from datetime import datetime

from apps.common.webhooks import PREFIX, signature

GOOD_FOR_S = 300
LONGEST_ID = 200


def new_secret() -> str:
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def id_of(headers: Mapping[str, str], body: bytes, secret: str, now: datetime) -> str | None:
    """What names the request, if whoever knows the secret has signed it; None if not. ``headers`` are looked up as they
    are told, whichever way they are written."""
    if "webhook-signature" in headers:
        return _standard(headers, body, secret, now)
    return _github(headers, body, secret)


def _standard(headers: Mapping[str, str], body: bytes, secret: str, now: datetime) -> str | None:
    its_id, sent_at = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not (0 < len(its_id) <= LONGEST_ID and sent_at.isascii() and sent_at.isdecimal() and len(sent_at) < 15):
        return None
    if abs(now.timestamp() - int(sent_at)) > GOOD_FOR_S:
        return None
    right = signature(secret, its_id, sent_at, body)
    told = headers["webhook-signature"].split(" ")[:10]  # one of a secret that was before may stand beside it
    return f"webhook {its_id}" if any(_same(one, right) for one in told) else None


def _github(headers: Mapping[str, str], body: bytes, secret: str) -> str | None:
    told = headers.get("x-hub-signature-256", "")
    if not _same(told, "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()):
        return None
    return f"github {headers.get('x-github-delivery', '')[:LONGEST_ID] or hashlib.sha256(body).hexdigest()}"


def _same(told: str, right: str) -> bool:
    return hmac.compare_digest(told.encode(errors="replace"), right.encode())
