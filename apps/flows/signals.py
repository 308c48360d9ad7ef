"""What flows announce to whoever listens."""

from django.dispatch import Signal

run_ended = Signal()
"""``run``: it succeeded or failed, and this is committed. Sent once or, after a crash, again."""
run_rests = Signal()
"""``run``: it was paused, or waits for its owner (``halt`` says what for), and this is committed. As ``run_ended``."""

jobs_wait = Signal()
"""``queue``: functions wait there to be run. Sent when the database has them."""
job_ended = Signal()
"""``job``: it is over, and this is committed."""
