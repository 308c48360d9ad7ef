"""Submissions and questions as callers of the Transfer API write them."""

from apps.transfer.forms.fields import label_of, moment_of, path_of
from apps.transfer.forms.questions import tasks_order, tasks_wanted
from apps.transfer.forms.submissions import Submission, delete_of, transfer_of

__all__ = [
    "Submission",
    "delete_of",
    "label_of",
    "moment_of",
    "path_of",
    "tasks_order",
    "tasks_wanted",
    "transfer_of",
]
