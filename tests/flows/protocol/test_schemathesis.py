"""Whatever is sent to a provider, right or wrong, it answers as the protocol promises: never with a failure of its own.

Schemathesis makes up the requests, from our description of the routes and the provider's own schema of a body.
"""

import uuid

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from apps.flows.actions import providers
from portal.wsgi import application
from tests.flows.protocol.conftest import SLOW, run
from tests.flows.protocol.description import description_of

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::DeprecationWarning:schemathesis")]
NAMES = ["hello_world", "expression_eval", "transfer/ls", "transfer/transfer", "transfer/set_permission"]
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.unsupported_method,
    checks.ignored_auth,
]


@pytest.fixture(params=NAMES)
def description(request, hello):
    """The routes of one provider, with actions of Alice's: one under way, one that ended, and some that never were."""
    name = request.param
    made = [run(hello, request_id=str(body), body=body).json()["action_id"] for body in (SLOW, {})]
    known = [*made, "none"] if name == "hello_world" else [str(uuid.UUID(int=7)), "none"]
    told = schemathesis.openapi.from_dict(description_of(name, providers()[name].input_schema, known))
    told.app = application
    endings = (request_started, request_finished)
    for ending in endings:  # The test is one transaction: its connection stays, as Django's own client lets it.
        ending.disconnect(close_old_connections)
    yield told
    for ending in endings:
        ending.connect(close_old_connections)


def ask(operation, mode, secret):
    """Ask for one operation again and again, as it wants to be asked (or, by the negative mode, not)."""

    @settings(max_examples=10, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode))
    def once(case):
        # It asks for compressed answers, and does not unpack them.
        headers = {"Authorization": f"Bearer {secret}", "Accept-Encoding": "identity"}
        case.call_and_validate(headers=headers, checks=CHECKS)

    once()


def test_a_provider_answers_as_the_protocol_promises(description, token, alice):
    operations = [one.ok() for one in description.get_all_operations()]

    assert len(operations) == 15
    for operation in operations:
        ask(operation, GenerationMode.POSITIVE, token(alice, *NAMES))


def test_a_provider_refuses_what_is_no_request(description, token, alice):
    operations = [one.ok() for one in description.get_all_operations()]

    for operation in operations:
        if operation.body:
            ask(operation, GenerationMode.NEGATIVE, token(alice, *NAMES))
