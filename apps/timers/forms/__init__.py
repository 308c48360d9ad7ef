"""Parsing of what callers send."""

from apps.timers.forms.jobs import job_of, name_of
from apps.timers.forms.timers import timer_of

__all__ = ["job_of", "name_of", "timer_of"]
