"""What tasks announce to whoever listens."""

from django.dispatch import Signal

task_ended = Signal()
"""``task``: it succeeded or failed, and this is committed. Sent once or, after a crash, again."""
