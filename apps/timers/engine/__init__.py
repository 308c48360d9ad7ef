"""What goes on by itself: the clock strikes, turns are begun, and end."""

from apps.timers.engine.beginning import begin, hold, turns_due
from apps.timers.engine.ending import ended, look_after
from apps.timers.engine.forgetting import forget_turns
from apps.timers.engine.striking import strike, timers_due

__all__ = ["begin", "ended", "forget_turns", "hold", "look_after", "strike", "timers_due", "turns_due"]
