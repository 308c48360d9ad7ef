"""Which hosts the portal itself may be led to by what people write."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings

from apps.common.errors import Invalid, NotAllowed


def require_allowed(url: str) -> None:
    """
    Raises:
        Invalid: it is no address of a provider.
        NotAllowed: the administrator has not named the host in ``VITRINE_ACTION_HOSTS``.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise Invalid(f"{url[:200]!r} is no address of an action provider.", place="ActionUrl")
    if parts.hostname not in settings.ACTION_HOSTS:
        raise NotAllowed(f"Actions at {parts.hostname} may not be called. Ask the administrator to allow the host.")
