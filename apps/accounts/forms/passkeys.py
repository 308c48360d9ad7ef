"""A new passkey."""

from __future__ import annotations

from typing import Any

from allauth.mfa.webauthn.forms import AddWebAuthnForm


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]  # allauth is not typed
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """allauth's form, in the words of our pages, and made for signing in unless told otherwise."""
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = "Tells it from others that you may add."
        alone = self.fields["passwordless"]
        alone.label, alone.initial = "Sign in with it alone, without a password", True
        alone.help_text = "The key then asks for a finger, a face or a PIN."
