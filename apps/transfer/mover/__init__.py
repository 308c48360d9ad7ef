"""The work itself: a task is taken for a turn, moved on, and given back. Any of it may be killed at any moment.

What is true stands in the database: the ledger says what is done, how far each large file is, and what failed. A turn
is held by a lease, and whoever lost theirs writes nothing more. So each step may be done twice, and none is lost.
"""

from apps.transfer.mover.shift import work
from apps.transfer.mover.turns import waiting

__all__ = ["waiting", "work"]
