"""Queries that are compiled once answer as the ORM does, at any time and in any thread."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.db.models import CharField
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import Group, Identity, User
from apps.accounts.services import make_group, make_user
from apps.common.prepared import Prepared, Slot

pytestmark = pytest.mark.django_db


@pytest.fixture
def named() -> Prepared[Identity]:
    return Prepared(lambda: Identity.objects.select_related("user").filter(name=Slot("name", CharField())))


def test_a_prepared_query_gives_the_objects_of_the_orm_with_those_that_it_joins(named):
    make_user(username="alice", password=None, name="Alice")
    with CaptureQueriesContext(connection) as asked:
        [found] = named(name="Alice")
        assert found.user.username == "alice"
    assert len(asked) == 1
    assert found == Identity.objects.get(name="Alice")


def test_it_answers_anew_each_time(named):
    assert named(name="Alice") == []
    make_user(username="alice", password=None, name="Alice")
    assert [one.username.partition("@")[0] for one in named(name="Alice")] == ["alice"]
    User.objects.all().delete()
    assert named(name="Alice") == []


@pytest.mark.parametrize("name", ["", "%s", "' OR 1=1 --", "Ä\u2028", "%(name)s"])
def test_a_value_is_a_value_whatever_it_looks_like(named, name):
    make_user(username="alice", password=None, name="Alice")
    make_user(username="bob", password=None, name=name or "Bob")
    assert named(name=name) == list(Identity.objects.filter(name=name))


def test_rows_come_in_the_types_of_their_fields_and_in_the_order_of_the_query():
    owner = make_user(username="alice", password=None)
    made = [make_group(owner=owner, name=name) for name in ("b", "a")]
    names = [Slot(f"n{number}", CharField()) for number in range(2)]
    asked = Prepared(lambda: Group.objects.filter(name__in=names).values_list("id", "name", "created_at"))
    assert asked(n0="a", n1="b") == [(one.id, one.name, one.created_at) for one in reversed(made)]


@pytest.mark.django_db(transaction=True)
def test_threads_ask_by_their_own_connections(named):
    make_user(username="alice", password=None, name="Alice")

    def ask(_: int) -> tuple[list[str], int]:
        try:
            return [one.name for one in named(name="Alice")], id(connection.connection)
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(ask, range(9)))
    assert {tuple(names) for names, _ in answers} == {("Alice",)}
