"""What others may ask about timers. ``from apps.timers import services as timers``."""

from apps.timers.schedules import require
from apps.timers.services.calendar import PastTurns, coming_turns, past_turns
from apps.timers.services.changing import (
    NewTimer,
    TimerChanges,
    change_timer,
    create_timer,
    delete_timer,
    pause_timer,
    rename_timer,
    resume_timer,
)
from apps.timers.services.finding import find_timers, get_timer, latest_turns, next_turns, timer_that_began, turns_of
from apps.timers.services.notices import write_to_owner
from apps.timers.tallies import Tally, first_turns
from apps.timers.words import seconds_in, words_of, words_of_rhythm, words_of_span

__all__ = [
    "NewTimer",
    "PastTurns",
    "Tally",
    "TimerChanges",
    "change_timer",
    "coming_turns",
    "create_timer",
    "delete_timer",
    "find_timers",
    "first_turns",
    "get_timer",
    "latest_turns",
    "next_turns",
    "past_turns",
    "pause_timer",
    "rename_timer",
    "require",
    "resume_timer",
    "seconds_in",
    "timer_that_began",
    "turns_of",
    "words_of",
    "words_of_rhythm",
    "words_of_span",
    "write_to_owner",
]
