"""What callers of the Transfer API write: submissions, questions, rules; and the documents that they read."""

from apps.transfer.forms.fields import label_of, moment_of, path_of
from apps.transfer.forms.questions import tasks_order, tasks_wanted
from apps.transfer.forms.rules import expiry_of, link_to, message_of, permissions_of, principal_of
from apps.transfer.forms.submissions import as_document, delete_of, transfer_of
from apps.transfer.forms.task_documents import submission

__all__ = [
    "as_document",
    "delete_of",
    "expiry_of",
    "label_of",
    "link_to",
    "message_of",
    "moment_of",
    "path_of",
    "permissions_of",
    "principal_of",
    "submission",
    "tasks_order",
    "tasks_wanted",
    "transfer_of",
]
