"""Parsing of what callers send."""

from apps.timers.forms.jobs import name_of
from apps.timers.forms.timers import timer_of

__all__ = ["name_of", "timer_of"]
