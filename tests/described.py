"""Asks an API for whatever its description lets schemathesis make up, through the whole of the portal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from portal.wsgi import application

CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.unsupported_method,
]


@contextmanager
def served(description: Mapping[str, Any]) -> Iterator[Any]:
    """The described API, as schemathesis knows it. The test is one transaction: its connection stays while requests
    begin and end, as Django's own client lets it."""
    described = schemathesis.openapi.from_dict(dict(description))
    described.app = application
    endings = (request_started, request_finished)
    for ending in endings:
        ending.disconnect(close_old_connections)
    try:
        yield described
    finally:
        for ending in endings:
            ending.connect(close_old_connections)


def operations_of(described: Any) -> list[Any]:
    return [one.ok() for one in described.get_all_operations()]


def ask(operation: Any, mode: GenerationMode, secret: str, *, most: int, also: tuple[Any, ...] = ()) -> None:
    """Ask for one operation up to ``most`` times, as it wants to be asked (or, by the negative mode, not): the answers
    hold by ``CHECKS`` and ``also``."""

    @settings(max_examples=most, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode))
    def once(case: Any) -> None:
        # It asks for compressed answers, and does not unpack them.
        headers = {"Authorization": f"Bearer {secret}", "Accept-Encoding": "identity"}
        case.call_and_validate(headers=headers, checks=[*CHECKS, *also])

    once()
