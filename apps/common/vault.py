"""Secrets that the portal must be able to read again, kept encrypted: whoever copies the database alone has nothing.

The key comes from ``SECRET_KEY``; ``SECRET_KEY_FALLBACKS`` open what was sealed before it was changed.
"""

from __future__ import annotations

import base64
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def seal(plain: str) -> str:
    return _vault(settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS).encrypt(plain.encode()).decode()


def unseal(sealed: str) -> str:
    """
    Raises:
        ValueError: it was sealed with another secret key, or not here.
    """
    try:
        return _vault(settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS).decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise ValueError("not sealed with this portal's secret key") from error


@lru_cache(maxsize=4)
def _vault(*secret_keys: str) -> MultiFernet:
    return MultiFernet([Fernet(_key(secret)) for secret in secret_keys])


def _key(secret: str) -> bytes:
    derived = HKDF(SHA256(), length=32, salt=None, info=b"vitrine.vault").derive(secret.encode())
    return base64.urlsafe_b64encode(derived)
