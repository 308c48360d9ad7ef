"""Rows written by SQL that is made once a process, and sent together.

The ORM takes longer to make the SQL of a row than the database to keep the row, and waits for each answer before it
says the next. What is written over and over differs in its values alone. Signals of models are not sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Field, Model

MOST_VALUES = 900
"""In one statement: old releases of SQLite take 999."""
Columns = tuple["Field[Any, Any]", ...]


class Overtaken(Exception):
    """A row is not as it was to be still: somebody else has changed it. The transaction is to be rolled back."""


@dataclass(frozen=True, slots=True)
class _Statement:
    sql: str
    values: list[Any]
    is_guarded: bool = False


class Writes:
    """What one transaction writes, in the order in which it is told."""

    def __init__(self) -> None:
        self._told: list[_Statement] = []
        self._db: Any = connections[DEFAULT_DB_ALIAS]  # itself: each look through Django's proxy takes its time

    def insert(self, rows: Sequence[Model]) -> None:
        """New rows of one model. A key that the database gives is not told."""
        for row in rows:
            row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
        while rows:
            columns = _columns(type(rows[0]), rows[0].pk is not None)
            now, rows = rows[: MOST_VALUES // len(columns)], rows[MOST_VALUES // len(columns) :]
            values = [value for row in now for value in self._values(row, columns)]
            self._told.append(_Statement(_insert(type(now[0]), columns, len(now)), values))

    def update(self, row: Model, names: Iterable[str], **still: Any) -> None:
        """These fields of a row; ``still`` is what others must have in the database (``Overtaken``)."""
        sql, columns, conditions = _update(type(row), tuple(sorted(names)), tuple(still))
        held = [self._value(field, value) for field, value in zip(conditions, still.values(), strict=True)]
        self._told.append(_Statement(sql, [*self._values(row, columns), *held], bool(still)))

    def send(self) -> None:
        """All that was told, in one message where the database takes several statements in one.

        Raises:
            Overtaken: see ``update``.
        """
        told, self._told = self._told, []
        if not told:
            return
        with self._db.cursor() as cursor:
            if self._db.vendor == "postgresql" and not self._db.features.uses_server_side_binding:
                values = [value for one in told for value in one.values]
                cursor.execute("; ".join(one.sql for one in told), values)
                for one in told:
                    _require_done(one, cursor)
                    cursor.nextset()
                return
            for one in told:
                cursor.execute(one.sql, one.values)
                _require_done(one, cursor)

    def _values(self, row: Model, columns: Columns) -> list[Any]:
        return [self._value(field, getattr(row, field.attname)) for field in columns]

    def _value(self, field: Field[Any, Any], value: Any) -> Any:
        return field.get_db_prep_save(value, self._db)


def _require_done(one: _Statement, cursor: Any) -> None:
    if one.is_guarded and cursor.rowcount == 0:
        raise Overtaken(one.sql)


@cache
def _columns(model: type[Model], has_key: bool) -> Columns:
    return tuple(field for field in model._meta.concrete_fields if has_key or not field.primary_key)


@cache
def _insert(model: type[Model], columns: Columns, count: int) -> str:
    names = ", ".join(map(_name, columns))
    row = f"({', '.join(['%s'] * len(columns))})"
    return f"INSERT INTO {_table(model)} ({names}) VALUES {', '.join([row] * count)}"  # noqa: S608  # only a model's names


@cache
def _update(model: type[Model], names: tuple[str, ...], still: tuple[str, ...]) -> tuple[str, Columns, Columns]:
    """The SQL; the fields of the row whose values it takes, and those that it asks for."""
    fields = {field.name: field for field in model._meta.concrete_fields}
    columns, conditions = (tuple(fields[name] for name in each) for each in (names, still))
    changes = ", ".join(f"{_name(field)} = %s" for field in columns)
    rule = " AND ".join(f"{_name(field)} = %s" for field in (model._meta.pk, *conditions))
    sql = f"UPDATE {_table(model)} SET {changes} WHERE {rule}"  # noqa: S608  # only a model's names
    return sql, (*columns, model._meta.pk), conditions


def _name(field: Field[Any, Any]) -> str:
    """Quoted as PostgreSQL and SQLite take it."""
    return f'"{field.column}"'


def _table(model: type[Model]) -> str:
    return f'"{model._meta.db_table}"'
