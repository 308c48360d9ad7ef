"""What others may ask about triggers. ``from apps.triggers import services as triggers``."""

from apps.triggers.services.changing import (
    Told,
    begin_trigger,
    change_trigger,
    create_trigger,
    delete_trigger,
    new_secret,
    pause_trigger,
)
from apps.triggers.services.feeding import records_of, trigger_of_feed
from apps.triggers.services.finding import counts_of_files, files_of, find_triggers, firings_of, get_trigger
from apps.triggers.services.notices import write_to_owner
from apps.triggers.services.sending import receive_webhook, send_message
from apps.triggers.services.trying import Trial, TriedFile, try_trigger

__all__ = [
    "Told",
    "Trial",
    "TriedFile",
    "begin_trigger",
    "change_trigger",
    "counts_of_files",
    "create_trigger",
    "delete_trigger",
    "files_of",
    "find_triggers",
    "firings_of",
    "get_trigger",
    "new_secret",
    "pause_trigger",
    "receive_webhook",
    "records_of",
    "send_message",
    "trigger_of_feed",
    "try_trigger",
    "write_to_owner",
]
