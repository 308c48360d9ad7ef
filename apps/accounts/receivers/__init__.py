"""What follows from what Django and django-allauth announce."""

from apps.accounts.receivers import linking, log

__all__ = ["linking", "log"]
