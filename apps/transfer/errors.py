"""What can go wrong with tasks."""

from __future__ import annotations

from apps.common.errors import Conflict, Invalid, NotFound
from apps.storage.errors import ChecksumMismatch


class NoSuchTask(NotFound):
    """There is no such task, or it is not yours. List your tasks to see their ids."""

    code = "transfer.no_such_task"


class InvalidTask(Invalid):
    """The task cannot be done like this. Correct what the message names and submit it again."""

    code = "transfer.invalid_task"


class NoItems(InvalidTask):
    """A task needs at least one item. Say what is to be transferred or deleted."""

    code = "transfer.no_items"


class TaskOver(Conflict):
    """The task is over. Submit a new one."""

    code = "transfer.task_over"


class WrongChecksum(ChecksumMismatch):
    """The file has another checksum than the submission says. Look whether it is the right file."""

    code = "transfer.wrong_checksum"


class CollectionInUse(Conflict):
    """Tasks that are not over use this collection, or a folder of it that is shared. Wait for them, or cancel them."""

    code = "transfer.collection_in_use"


class NoSuchBookmark(NotFound):
    """There is no such bookmark among yours. List them to see their names and ids."""

    code = "transfer.no_such_bookmark"


class BookmarkTaken(Conflict):
    """You have a bookmark of this name already. Choose another name, or delete that one."""

    code = "transfer.bookmark_taken"
