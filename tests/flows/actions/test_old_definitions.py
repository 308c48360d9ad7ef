"""Definitions of the shape that the public ones have run unchanged: old URLs, old bodies, what they read of results."""

import pytest

from apps.storage.models import AccessRule
from tests.flows.actions.conftest import OLD
from tests.transfer.conftest import fill, tree

pytestmark = pytest.mark.django_db


def action(name, result, following, parameters):
    then = {"Next": following} if following else {"End": True}
    told = {"ActionUrl": f"{OLD}/{name}", "Parameters": parameters, "ResultPath": f"$.{result}", "WaitTime": 600}
    return {"Type": "Action", **told, **then}


def look(end):
    return {"endpoint_id.$": f"$.{end}.id", "path.$": f"$.{end}.path", "path_only": True}


PLAN = {
    "is_folder.=": "SourceInfo.details.DATA[0].is_folder",
    "name.=": "SourceInfo.details.DATA[0].name",
    "into.=": "is_present('DestinationInfo.details.DATA[0]')",
    "from.=": "SourceInfo.details.path",
}
ITEM = {
    "source_path.$": "$.source.path",
    "destination_path.=": "(destination.path + '/' + Plan.name) if Plan.into else destination.path",
    "recursive.$": "$.Plan.is_folder",
}
TRANSFER = {
    "label.=": "'For run ' + _context.run_id",
    "source_endpoint_id.$": "$.source.id",
    "destination_endpoint_id.$": "$.destination.id",
    "transfer_items": [ITEM],
}
SHARE = {
    "operation": "CREATE",
    "endpoint_id.$": "$.destination.id",
    "path.=": "destination.path + '/'",
    "principal_type": "identity",
    "principal.$": "$._context.user_id",
    "permissions": "rw",
}
UNSHARE = {"operation": "DELETE", "endpoint_id.$": "$.destination.id", "rule_id.$": "$.Shared.details.access_id"}
DELETE = {"endpoint_id.$": "$.source.id", "items.=": "[source.path]", "recursive.$": "$.Plan.is_folder"}
MOVE = {
    "Source": action("ls", "SourceInfo", "Destination", look("source")),
    "Destination": action("ls/", "DestinationInfo", "Plan", look("destination")),
    "Plan": {"Type": "ExpressionEval", "Parameters": PLAN, "ResultPath": "$.Plan", "Next": "Transfer"},
    "Transfer": action("transfer/", "Copied", "Share", TRANSFER),
    "Share": action("set_permission", "Shared", "Unshare", SHARE),
    "Unshare": action("set_permission", "Unshared", "Delete", UNSHARE),
    "Delete": action("delete/run", "Deleted", None, DELETE),
}


def test_a_definition_of_the_old_shape_moves_a_folder(start, carry, move, source, destination, here, there):
    fill(here, run__a=10, run__b=20)
    (there / "kept").mkdir()
    ends = {
        "source": {"id": str(source.pk), "path": "/run"},
        "destination": {"id": str(destination.pk), "path": "/kept/"},
    }

    run = move(move(carry(start(MOVE, ends))))

    assert run.status == "SUCCEEDED", run.error_cause
    assert run.output["Plan"] == {"is_folder": True, "name": "run", "into": True, "from": "/"}
    assert run.output["Copied"]["details"]["label"] == f"For run {run.pk}"
    assert (list(tree(here)), list(tree(there))) == ([], ["kept", "kept/run", "kept/run/a", "kept/run/b"])
    assert not AccessRule.objects.exists()
