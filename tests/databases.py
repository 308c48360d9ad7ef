"""A database of its own for a portal that tests start as processes: what another left behind is not in it."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg
from psycopg import sql


@contextmanager
def database_of_its_own() -> Iterator[dict[str, str]]:
    """What to add to the environment: nothing on SQLite, whose file lies in the portal's home."""
    url = urlsplit(os.environ.get("VITRINE_DATABASE_URL", ""))
    if not url.scheme.startswith("postgres"):
        yield {}
        return
    name = f"portal_{uuid.uuid4().hex}"
    with psycopg.connect(url.geturl(), autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield {"VITRINE_DATABASE_URL": url._replace(path=f"/{name}").geturl()}
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
