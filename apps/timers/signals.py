"""What timers announce to whoever listens."""

from django.dispatch import Signal

timer_rests = Signal()
"""``timer``: nothing came of too many turns in a row, so that it rests, and this is committed. At most once."""
