"""Whatever is sent to a provider, right or wrong, it answers as the protocol promises: never with a failure of its own.

Schemathesis makes up the requests, from our description of the routes and the provider's own schema of a body.
"""

import uuid

import pytest
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import ignored_auth

from apps.flows.actions import providers
from tests.described import ask, operations_of, served
from tests.flows.protocol.conftest import SLOW, run
from tests.flows.protocol.description import description_of

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::DeprecationWarning:schemathesis")]
NAMES = ["hello_world", "expression_eval", "transfer/ls", "transfer/transfer", "transfer/set_permission"]
MOST = 10


@pytest.fixture(params=NAMES)
def description(request, hello):
    """The routes of one provider, with actions of Alice's: one under way, one that ended, and some that never were."""
    name = request.param
    made = [run(hello, request_id=str(body), body=body).json()["action_id"] for body in (SLOW, {})]
    known = [*made, "none"] if name == "hello_world" else [str(uuid.UUID(int=7)), "none"]
    with served(description_of(name, providers()[name].input_schema, known)) as described:
        yield described


def test_a_provider_answers_as_the_protocol_promises(description, token, alice):
    operations = operations_of(description)

    assert len(operations) == 15
    for operation in operations:
        ask(operation, GenerationMode.POSITIVE, token(alice, *NAMES), most=MOST, also=(ignored_auth,))


def test_a_provider_refuses_what_is_no_request(description, token, alice):
    for operation in operations_of(description):
        if operation.body:
            ask(operation, GenerationMode.NEGATIVE, token(alice, *NAMES), most=MOST, also=(ignored_auth,))
