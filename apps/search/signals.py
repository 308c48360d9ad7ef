"""What search announces to whoever listens."""

from django.dispatch import Signal

task_ended = Signal()
"""``task``: an ingest or a removal succeeded or failed, and this is committed. It may be lost with the process, and
sent twice: who must not miss it looks at the task now and then."""
