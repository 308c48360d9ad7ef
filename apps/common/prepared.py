"""Questions that every request asks the database: written in the ORM's words, made into SQL once a process.

The ORM takes some 0.5 ms to build and compile a query, longer than the database takes to answer it. What is asked at
each request differs in its values alone, so that the rest need not be done again.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from functools import cached_property
from types import SimpleNamespace
from typing import Any, Generic, TypeVar

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, Field, QuerySet

Row = TypeVar("Row")


class Slot(Expression):
    """Stands in a query for a value of this name, which is given when the query is asked."""

    def __init__(self, name: str, field: Field[Any, Any]) -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:  # noqa: ARG002  # Django's call
        return "%s", (self,)

    def bind(self, values: dict[str, Any], db: BaseDatabaseWrapper) -> Any:
        """The value as the database takes it."""
        return self.output_field.get_db_prep_value(values[self.name], db)


class Prepared(Generic[Row]):
    """A query that is compiled when it is first asked. ``build`` makes it, with a ``Slot`` for each value."""

    def __init__(self, build: Callable[[], QuerySet[Any, Row]]) -> None:
        self._build = build

    def __call__(self, **values: Any) -> list[Row]:
        """What the query gives for these values: always the database's answer, nothing is remembered."""
        queryset, compiled, sql, params, converters = self._compiled
        db = connections[queryset.db]  # itself: each look through Django's proxy takes its time
        bound = tuple(param.bind(values, db) if isinstance(param, Slot) else param for param in params)
        ready, query = copy(compiled), copy(queryset.query)
        ready.connection, ready.as_sql = db, lambda: (sql, bound)
        ready.get_converters = lambda fields: converters  # noqa: ARG005  # as Django calls it
        query.get_compiler = lambda using: ready  # noqa: ARG005  # as Django calls it
        asked = SimpleNamespace(query=query, db=queryset.db, _fields=queryset._fields, _known_related_objects={})
        return list(queryset._iterable_class(asked))  # Django's own way from rows to objects or tuples

    @cached_property
    def _compiled(self) -> tuple[Any, Any, str, tuple[Any, ...], Any]:  # Any: Django's insides
        queryset: Any = self._build()
        compiler = queryset.query.get_compiler(connection=connections[queryset.db])
        sql, params = compiler.as_sql()
        fields = [field for field, *_ in compiler.select[: compiler.col_count]]
        return queryset, compiler, sql, tuple(params), compiler.get_converters(fields)
