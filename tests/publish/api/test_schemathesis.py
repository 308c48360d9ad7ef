"""Whatever is sent, right or wrong, is answered as the description promises, and never with a failure of our own."""

import copy
import json

import pytest
from schemathesis import GenerationMode

from apps.publish.api.schema import description
from tests.api.conftest import token
from tests.described import ask, operations_of, served

__all__ = ["token"]
pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::DeprecationWarning:schemathesis")]
MOST = 4


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
    with served(told) as made:
        yield made


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_everything_is_answered_as_the_description_promises(described, token, alice, mode):
    operations = sorted(operations_of(described), key=lambda one: one.method == "delete")  # then nothing is left of it

    assert len(operations) == len(json.dumps(description()).split('"operationId"')) - 1
    for operation in operations:
        if mode is GenerationMode.POSITIVE or operation.body:
            ask(operation, mode, token(alice), most=MOST)
