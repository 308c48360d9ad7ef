"""Whatever is sent, right or wrong, is answered as the description promises, and never with a failure of our own."""

import copy
import json

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from apps.publish.api.schema import description
from portal.wsgi import application
from tests.api.conftest import token

__all__ = ["token"]
pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::DeprecationWarning:schemathesis")]
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.unsupported_method,
]


@pytest.fixture
def described(form, draft, draft_of, published):
    """With addresses of drafts, of a record and of nothing."""
    known = {"form": [form.slug, "none"], "submission_id": [str(published(draft_of(form)).submission_id)]}
    known["submission_id"] += [str(draft.pk), str(draft_of(form).pk), "none"]
    told = copy.deepcopy(description())
    for methods in told["paths"].values():
        for one in methods.values():
            for parameter in one.get("parameters", ()):
                if parameter["in"] == "path":
                    parameter["schema"] = {"enum": known.get(parameter["name"], ["1", "2"])}
    made = schemathesis.openapi.from_dict(told)
    made.app = lambda environ, start: application({**environ, "REMOTE_ADDR": "127.0.0.1"}, start)
    endings = (request_started, request_finished)
    for ending in endings:  # The test is one transaction: its connection stays, as Django's own client lets it.
        ending.disconnect(close_old_connections)
    yield made
    for ending in endings:
        ending.connect(close_old_connections)


def ask(operation, mode, secret):
    @settings(max_examples=4, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode))
    def once(case):
        # It asks for compressed answers, and does not unpack them.
        headers = {"Authorization": f"Bearer {secret}", "Accept-Encoding": "identity"}
        case.call_and_validate(headers=headers, checks=CHECKS)

    once()


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_everything_is_answered_as_the_description_promises(described, token, alice, mode):
    operations = [one.ok() for one in described.get_all_operations()]
    operations.sort(key=lambda one: one.method == "delete")  # of what is deleted nothing more is asked

    assert len(operations) == len(json.dumps(description()).split('"operationId"')) - 1
    for operation in operations:
        if mode is GenerationMode.POSITIVE or operation.body:
            ask(operation, mode, token(alice))
