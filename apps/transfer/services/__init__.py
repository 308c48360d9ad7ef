"""What others may ask about tasks. ``from apps.transfer import services as transfer``."""

from apps.transfer.mover.strays import clear_strays
from apps.transfer.services.advice import advice_on
from apps.transfer.services.bookmarks import (
    add_bookmark,
    bookmarks_of,
    change_bookmark,
    get_bookmark,
    remove_bookmark,
)
from apps.transfer.services.collections import delete_collection, tasks_using
from apps.transfer.services.repeating import repeat_task
from apps.transfer.services.reporting import events_of, failed_files, skipped_files, successful_transfers
from apps.transfer.services.steering import cancel_task, change_task, pause_task, resume_task
from apps.transfer.services.submitting import new_submission_id, submit_delete, submit_transfer
from apps.transfer.services.tasks import get_task, tasks_of
from apps.transfer.services.watching import (
    Stretch,
    deleted_files,
    log_of,
    same_files,
    stretches_of,
    visible_tasks,
    waiting_files,
)

__all__ = [
    "Stretch",
    "add_bookmark",
    "advice_on",
    "bookmarks_of",
    "cancel_task",
    "change_bookmark",
    "change_task",
    "clear_strays",
    "delete_collection",
    "deleted_files",
    "events_of",
    "failed_files",
    "get_bookmark",
    "get_task",
    "log_of",
    "new_submission_id",
    "pause_task",
    "remove_bookmark",
    "repeat_task",
    "resume_task",
    "same_files",
    "skipped_files",
    "stretches_of",
    "submit_delete",
    "submit_transfer",
    "successful_transfers",
    "tasks_of",
    "tasks_using",
    "visible_tasks",
    "waiting_files",
]
