"""What django-allauth asks the portal.

allauth limits how often a door that takes a secret may be tried. It counts in Django's cache, which is the memory of
each process while no other is configured: with several web processes the limits are that many times as wide.
"""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is not typed
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether visitors may make an account for themselves."""
        return bool(settings.SIGNUP_IS_OPEN)
