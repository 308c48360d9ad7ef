"""A transfer tells the document with which it may be submitted again."""

import json

import pytest

from apps.transfer import forms
from apps.transfer.models import Task
from apps.transfer.types import FilterRule, Options
from tests.transfer.conftest import wish

pytestmark = pytest.mark.django_db
RULES = (FilterRule(True, "*.cbf", "file"), FilterRule(False, "*"))
ITEMS = [
    wish("/run", "/to", is_recursive=True),
    wish("/a", "/to", is_into=True, is_recursive=False, checksum="0" * 32, algorithm="md5"),
    wish("/link", "/there", is_link=True, is_recursive=False),
    wish("/50% ä", "/run"),
]


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"sync_level": 3, "verify_checksum": False, "preserve_timestamp": True, "encrypt_data": True},
        {"delete_destination_extra": True, "skip_source_errors": True, "fail_on_quota_errors": True},
        {"recursive_symlinks": "keep", "filter_rules": RULES, "notify_on_failed": True},
    ],
)
def test_what_is_read_of_it_is_what_was_asked_for(submit, options):
    task = Task.objects.get(pk=submit(*ITEMS, **options).pk)

    told = json.loads(json.dumps(forms.submission(task)))

    read = forms.transfer_of(told)
    assert (read.options, list(read.items)) == (Options(**options), ITEMS)
    assert (told["source_endpoint"], told["destination_endpoint"]) == (str(task.source_id), str(task.destination_id))
