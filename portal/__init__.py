"""Wiring only: settings, addresses, the Celery application, the servers' entry points."""

from portal.celery import app as celery

__all__ = ["celery"]
