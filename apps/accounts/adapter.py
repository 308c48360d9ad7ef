"""What django-allauth asks the portal.

allauth limits how often a door that takes a secret may be tried. It counts in Django's cache, which all processes
share (``VITRINE_CACHE_URL``), and under a lock, so that tries at the same moment count as well.
"""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is not typed
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether visitors may make an account for themselves."""
        return bool(settings.SIGNUP_IS_OPEN)
