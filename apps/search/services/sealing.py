"""Texts that callers carry and cannot read: what of a cursor is an engine's score tells how many records, hidden ones
too, hold a word.

A synthetic IV: the tag is a keyed hash of what is sealed, and keys the stream that hides it. Equal values seal equally.
"""

from __future__ import annotations

import base64
import binascii
import hmac

from django.utils.crypto import salted_hmac

_TAG_BYTES = 16


def seal(plain: bytes) -> str:
    tag = _tag(plain)
    return base64.urlsafe_b64encode(tag + _hidden(plain, tag)).decode().rstrip("=")


def unseal(text: str) -> bytes:
    """
    Raises:
        ValueError: it was not sealed here.
    """
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError("no sealed text") from error
    tag, hidden = raw[:_TAG_BYTES], raw[_TAG_BYTES:]
    plain = _hidden(hidden, tag)
    if not hmac.compare_digest(tag, _tag(plain)):
        raise ValueError("not sealed here")
    return plain


def _tag(plain: bytes) -> bytes:
    return salted_hmac("vitrine.seal.tag", plain, algorithm="sha256").digest()[:_TAG_BYTES]


def _hidden(text: bytes, tag: bytes) -> bytes:
    """The text under a stream that the tag names; done twice, it is the text again."""
    blocks = range(-(-len(text) // 32))
    stream = b"".join(
        salted_hmac("vitrine.seal.stream", tag + block.to_bytes(4, "big"), algorithm="sha256").digest()
        for block in blocks
    )
    return bytes(a ^ b for a, b in zip(text, stream, strict=False))
