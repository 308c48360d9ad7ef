"""What can go wrong with timers."""

from __future__ import annotations

from apps.common.errors import Conflict, Invalid, NotFound


class InvalidSchedule(Invalid):
    """This is no schedule of a timer."""

    code = "invalid_schedule"


class NoSuchTimer(NotFound):
    """There is no timer with this id, or none of yours."""

    code = "no_such_timer"


class HasEnded(Conflict):
    """The timer has ended. Make a new one."""

    code = "timer_ended"
