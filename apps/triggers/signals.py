"""What triggers announce to whoever listens."""

from django.dispatch import Signal

trigger_rests = Signal()
"""``trigger``: nothing came of too many firings in a row, so that it rests, and this is committed. At most once."""
