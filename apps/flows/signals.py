"""What flows announce to whoever listens."""

from django.dispatch import Signal

run_ended = Signal()
"""``run``: it succeeded or failed, and this is committed. Sent once or, after a crash, again."""

jobs_wait = Signal()
"""``queue``: functions wait there to be run. Sent when the database has them."""
job_ended = Signal()
"""``job``: it is over, and this is committed."""
