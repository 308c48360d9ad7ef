"""Many lines of the ledger in one statement that is prepared once.

Django's ``bulk_create`` writes a statement of thousands of placeholders for each batch. That took half of the processor
time of a transfer of small files, and kept the threads that send them waiting meanwhile.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, Field, IntegerField, TextField

from apps.transfer.models import File

TABLE = f'"{File._meta.db_table}"'
PLAIN = (CharField, TextField, IntegerField)


def insert(lines: Sequence[File]) -> None:
    """Those whose digest the task has already stay as they are."""
    fields = [field for field in File._meta.concrete_fields if not field.primary_key]
    columns, room = ", ".join(f'"{field.column}"' for field in fields), ", ".join(["%s"] * len(fields))
    _execute(f"INSERT INTO {TABLE} ({columns}) VALUES ({room}) ON CONFLICT DO NOTHING", lines, fields)  # noqa: S608 - names of ours


def update(lines: Sequence[File], names: Sequence[str]) -> None:
    """Write these fields of lines that are in the database."""
    fields = [field for field in File._meta.concrete_fields if field.name in names]
    told = ", ".join(f'"{field.column}" = %s' for field in fields)
    _execute(f"UPDATE {TABLE} SET {told} WHERE id = %s", lines, [*fields, File._meta.pk])  # noqa: S608 - names of ours


def _execute(statement: str, lines: Sequence[File], fields: Sequence[Field[Any, Any]]) -> None:
    if lines:
        connection = connections[DEFAULT_DB_ALIAS]  # looked up once, and not for each value
        told = [list(map(attrgetter(field.attname), lines)) for field in fields]
        columns = [_prepared(field, values, connection) for field, values in zip(fields, told, strict=True)]
        with connection.cursor() as cursor:
            cursor.executemany(statement, list(zip(*columns, strict=True)))


def _prepared(field: Field[Any, Any], values: list[Any], connection: BaseDatabaseWrapper) -> list[Any]:
    """As the database takes them. Texts and numbers it takes as they are, which is most of all."""
    if isinstance(field, PLAIN):
        return values
    return [field.get_db_prep_save(value, connection) for value in values]
