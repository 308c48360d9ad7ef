"""What others may ask about timers. ``from apps.timers import services as timers``."""

from apps.timers.services.changing import NewTimer, create_timer, delete_timer, pause_timer, rename_timer, resume_timer
from apps.timers.services.finding import find_timers, get_timer, latest_turns, next_turns, turns_of
from apps.timers.services.notices import write_to_owner

__all__ = [
    "NewTimer",
    "create_timer",
    "delete_timer",
    "find_timers",
    "get_timer",
    "latest_turns",
    "next_turns",
    "pause_timer",
    "rename_timer",
    "resume_timer",
    "turns_of",
    "write_to_owner",
]
