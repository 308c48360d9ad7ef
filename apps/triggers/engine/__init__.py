"""What goes on by itself: folders are watched, files settle and are gathered, firings begin and end."""

from apps.triggers.engine.beginning import begin, firings_due
from apps.triggers.engine.ending import ended, look_after
from apps.triggers.engine.forgetting import forget_firings
from apps.triggers.engine.gathering import MOST_FILES, gather
from apps.triggers.engine.happening import happen
from apps.triggers.engine.noticing import notice
from apps.triggers.engine.run_ends import run_ended
from apps.triggers.engine.settling import settle
from apps.triggers.engine.standing import look_at_records
from apps.triggers.engine.watcher import Watcher

__all__ = [
    "MOST_FILES",
    "Watcher",
    "begin",
    "ended",
    "firings_due",
    "forget_firings",
    "gather",
    "happen",
    "look_after",
    "look_at_records",
    "notice",
    "run_ended",
    "settle",
]
