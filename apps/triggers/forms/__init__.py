"""What callers send, as values."""

from apps.triggers.forms.messages import message_of
from apps.triggers.forms.triggers import KINDS, sample_of, trigger_of

__all__ = ["KINDS", "message_of", "sample_of", "trigger_of"]
