"""What flows announce to whoever listens."""

from django.dispatch import Signal

run_ended = Signal()
"""``run``: it succeeded or failed, and this is committed. Sent once or, after a crash, again."""
