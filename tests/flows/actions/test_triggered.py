"""Definitions of the shape that the public trigger examples have: their URLs, their bodies, their ways of writing."""

import pytest
from django.utils import timezone

from apps.access.types import identity_urn
from apps.accounts import services as accounts
from apps.search import ingest
from apps.search.models import Entry
from apps.storage.models import AccessRule
from tests.flows.actions.conftest import EVERYBODY
from tests.flows.computing.conftest import admin, register, with_files, work
from tests.search.conftest import find, index
from tests.transfer.conftest import fill, tree

__all__ = ["admin", "find", "index", "register", "with_files", "work"]
pytestmark = pytest.mark.django_db
OLD = "https://actions.automate.globus.org"


def action(path, parameters, name, **more):
    url, scope = f"{OLD}/{path}/", f"https://auth.globus.org/scopes/actions.globus.org/{path}"
    told = {"Type": "Action", "ActionUrl": url, "ActionScope": scope, "Parameters": parameters}
    return {**told, "ResultPath": f"$.{name}", "WaitTime": 600, **more}


COPY = action(
    "transfer/transfer",
    {
        "source_endpoint_id.$": "$.input.source.id",
        "destination_endpoint_id.$": "$.input.destination.id",
        "transfer_items": [
            {
                "source_path.$": "$.input.source.path",
                "destination_path.=": "`$.input.destination.path` + `$.input.folder`",
                "recursive.$": "$.input.recursive_tx",
            }
        ],
    },
    "TransferFiles",
)
SHARE = action(
    "transfer/set_permission",
    {
        "endpoint_id.$": "$.input.destination.id",
        "path.=": "`$.input.destination.path` + `$.input.folder` + '/'",
        "permissions": "r",
        "principal.$": "$.input.principal_identifier",
        "principal_type.$": "$.input.principal_type",
        "operation": "CREATE",
    },
    "SetPermission",
)
PUBLISH = action(
    "search/ingest",
    {
        "search_index.$": "$.input.search_index",
        "subject.=": "'globus://' + input.destination.id + input.destination.path + input.folder",
        "visible_to": ["public"],
        "content": {"files.$": "$.TransferFiles.details.files", "by.$": "$._context.username"},
        "__Private_Parameters": ["by"],
    },
    "Publish",
)
DELETE = action(
    "transfer/delete",
    {"endpoint_id.$": "$.input.source.id", "items.=": "[`$.input.source.path`]", "recursive": True},
    "DeleteFiles",
)
COMPUTE = {
    "Type": "Action",
    "ActionUrl": "https://compute.actions.globus.org",
    "ActionScope": "https://auth.globus.org/scopes/facd7ccc-c5f4-42aa-916b-a0e270e2c2a9/all",
    "Parameters": {
        "endpoint.$": "$.input.compute_endpoint_id",
        "function.$": "$.input.compute_function_id",
        "kwargs": {
            "images": {"id.$": "$.input.destination.id", "path.=": "input.destination.path + input.folder"},
            "results": {"id.$": "$.input.destination.id", "path.=": "input.destination.path + input.folder"},
        },
    },
    "ResultPath": "$.ComputeResults",
    "WaitTime": 600,
}
WANTED = {
    "Type": "Choice",
    "Choices": [
        {
            "And": [
                {"Variable": "$.input.delete_source", "IsPresent": True},
                {"Variable": "$.input.delete_source", "BooleanEquals": True},
            ],
            "Next": "DeleteFiles",
        }
    ],
    "Default": "Done",
}
STATES = {
    "TransferFiles": {**COPY, "Next": "SetPermission"},
    "SetPermission": {**SHARE, "Next": "Publish"},
    "Publish": {**PUBLISH, "Next": "IsToBeDeleted"},
    "IsToBeDeleted": WANTED,
    "DeleteFiles": {**DELETE, "Next": "Done"},
    "Done": {"Type": "Pass", "End": True},
}
COMPUTED = {
    "TransferFiles": {**COPY, "Next": "Analyze"},
    "Analyze": {**COMPUTE, "Next": "SetPermission"},
    "SetPermission": {**SHARE, "Next": "Publish"},
    "Publish": {
        **PUBLISH,
        "Parameters": {**PUBLISH["Parameters"], "content": {"images.$": "$.ComputeResults.details.result[0]"}},
        "End": True,
    },
}


@pytest.fixture
def go(start, move, work, source, destination, index, bob, django_capture_on_commit_callbacks):
    """Run it to its end, with the workers' share."""

    def go(states=STATES, **more):
        ends = {"source": {"id": str(source.pk), "path": "/run/"}, "destination": {"id": str(destination.pk)}}
        ends["destination"]["path"] = "/kept/"
        reader = {"principal_identifier": str(accounts.known_by(bob).pk), "principal_type": "identity"}
        told = {**ends, "folder": "A", "recursive_tx": True, "search_index": str(index.pk), **reader, **more}
        run = start(states, {"input": told}, roles={"starter": EVERYBODY})
        for _ in range(4):
            run = move(run)
            with django_capture_on_commit_callbacks(execute=True):
                work()
                ingest.drain(index.pk, clock=timezone.now)
        return move(run)

    return go


def test_files_are_copied_shared_and_published(go, here, there, find, destination, bob):
    fill(here, run__a=10, run__b=0)

    run = go()

    assert run.status == "SUCCEEDED", run.error_cause
    assert set(tree(there)) == {"kept", "kept/A", "kept/A/a", "kept/A/b"}
    rule = AccessRule.objects.get()
    assert (rule.principal, rule.path) == (identity_urn(accounts.known_by(bob).pk), "/kept/A")
    assert find() == [f"globus://{destination.pk}/kept/A"]
    assert "DeleteFiles" not in run.output


def test_and_deleted_where_they_were_if_it_is_asked_for(go, here, there):
    fill(here, run__a=10)

    run = go(delete_source=True)

    assert run.status == "SUCCEEDED", run.error_cause
    assert (tree(here), set(tree(there))) == ({}, {"kept", "kept/A", "kept/A/a"})
    assert run.output["DeleteFiles"]["status"] == "SUCCEEDED"


def test_what_was_copied_is_computed_on_and_the_results_are_shared_and_published(
    go, here, there, with_files, find, destination
):
    fill(here, **{"run__a.cbf": 10, "run__b.cbf": 20})
    analysis = {"compute_endpoint_id": "theirs", "compute_function_id": str(with_files("count").pk)}

    run = go(COMPUTED, **analysis)

    assert run.status == "SUCCEEDED", run.error_cause
    assert (there / "kept" / "A" / "sizes" / "b.cbf.txt").read_text() == "20"
    assert AccessRule.objects.get().path == "/kept/A"
    assert find() == [f"globus://{destination.pk}/kept/A"]
    assert run.output["Publish"]["status"] == "SUCCEEDED"
    assert Entry.objects.get().content == {"images": ["A/a.cbf", "A/b.cbf"]}


def test_what_could_not_be_computed_on_is_not_published(go, here, with_files, find):
    fill(here, run__a=10)

    run = go(COMPUTED, compute_endpoint_id="theirs", compute_function_id=str(with_files("refuse").pk))

    assert (run.status, run.error_name) == ("FAILED", "ActionFailedException")
    assert (AccessRule.objects.count(), find()) == (0, [])
