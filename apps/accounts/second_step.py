"""How the secrets of second steps are kept: sealed, so that a copy of the database alone makes no codes."""

from __future__ import annotations

from allauth.mfa.adapter import DefaultMFAAdapter

from apps.common import vault


class SealedSecrets(DefaultMFAAdapter):  # type: ignore[misc]  # allauth is not typed
    def encrypt(self, text: str) -> str:
        return vault.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return vault.unseal(encrypted_text)
