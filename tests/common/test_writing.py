"""Rows that are written by SQL made once are as the ORM would have written them, in as few messages as can be."""

from __future__ import annotations

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.accounts.models import Group
from apps.common.writing import Overtaken, Writes

pytestmark = pytest.mark.django_db
HARD = ["", "%s", "'; DROP TABLE accounts_group; --", "Ä\u2028\\", "%(name)s"]


def groups(*names, **more):
    return [Group(name=name, created_at=timezone.now(), **more) for name in names]


@pytest.fixture
def writes():
    return Writes()


@pytest.fixture
def kept(writes):
    [group] = groups("one", signup_fields=["name"])
    writes.insert([group])
    writes.send()
    return group


def everything(group):
    return {field.attname: getattr(group, field.attname) for field in Group._meta.concrete_fields}


def test_what_is_told_is_in_the_database_when_it_is_sent(writes):
    told = groups(*HARD, signup_fields=["Ä", None])
    writes.insert(told)
    assert not Group.objects.exists()

    writes.send()

    found = {one.pk: everything(one) for one in Group.objects.all()}
    assert found == {one.pk: everything(one) for one in told}


def test_only_the_fields_that_are_named_are_written(writes, kept):
    kept.name, kept.description = "another", "unsaid"
    writes.update(kept, ["name"])
    writes.send()

    found = Group.objects.get()
    assert (found.name, found.description) == ("another", "")


def test_many_rows_take_keys_of_the_database_and_several_statements(writes):
    writes.insert([ContentType(app_label="museum", model=f"room{number}") for number in range(1000)])
    writes.send()

    keys = ContentType.objects.filter(app_label="museum").values_list("pk", flat=True)
    assert len(set(keys)) == 1000


def test_a_row_that_another_has_changed_is_left_as_it_is_with_all_beside_it(writes, kept):
    writes.insert(groups("two"))
    writes.update(kept, ["description"], name="one")
    writes.update(kept, ["description"], name="no longer")

    with pytest.raises(Overtaken), transaction.atomic():
        writes.send()
    assert [one.name for one in Group.objects.all()] == ["one"]


def test_all_of_it_is_one_message_to_postgresql(writes, kept):
    writes.insert(groups("two"))
    writes.update(kept, ["name"], description="")
    with CaptureQueriesContext(connection) as asked:
        writes.send()
    assert len(asked) == (1 if connection.vendor == "postgresql" else 2)


def test_a_row_that_is_there_already_is_an_error_and_nothing_is_told_twice(writes, kept):
    writes.insert([kept])
    with pytest.raises(IntegrityError), transaction.atomic():
        writes.send()
    writes.send()
    assert Group.objects.count() == 1
