"""gladier, unmodified, deploys a flow of two steps of its own tools and runs it: a program of Alice's, by secret."""

import json
import sys

import pytest
from django.utils import timezone

from apps.access.types import identity_urn
from apps.flows.models import Flow, Run
from apps.storage import services as storage
from apps.storage.types import FilePath
from tests.flows.working import worker_running
from tests.storage.beamline import admin, beamline, root
from tests.transfer.conftest import fill, mover_running, tree

__all__ = ["admin", "beamline", "root"]
pytestmark = pytest.mark.django_db(transaction=True)

SCRIPT = """
import json, sys
from gladier import GladierClient
from gladier.tools import Transfer, TransferDelete

steps = Transfer(state_name="Copy", result_path="$.Copy")
steps.next(TransferDelete(state_name="Tidy", recursive=True, result_path="$.Tidy"))
client = GladierClient(flow_definition=steps.get_flow_definition())
run = client.run_flow(flow_input={"input": json.loads(sys.argv[1])}, label="Tidy up")
client.progress(run["run_id"], delay=0.2, callback=lambda told: None)
status = client.get_status(run["run_id"])
print(json.dumps({"run_id": run["run_id"], "flow_id": run["flow_id"], "status": status["status"]}))
"""


@pytest.fixture
def robot(robots, beamline, alice):
    """A program of Alice's that may write everything."""
    laptop = robots("robot")
    names = {"GLADIER_CLIENT_ID": "GLOBUS_CLI_CLIENT_ID", "GLADIER_CLIENT_SECRET": "GLOBUS_CLI_CLIENT_SECRET"}
    laptop.variables |= {theirs: laptop.variables[ours] for theirs, ours in names.items()}
    who = identity_urn(laptop.variables["GLADIER_CLIENT_ID"])
    storage.add_rule(collection=beamline, actor=alice, principal=who, path=FilePath(), permissions="rw")
    return laptop


@pytest.fixture
def tidy(robot, beamline):
    """Copy a folder and delete it, by gladier."""
    place = str(beamline.pk)
    told = {
        "transfer_source_endpoint_id": place,
        "transfer_destination_endpoint_id": place,
        "transfer_delete_endpoint_id": place,
        "transfer_delete_items": ["/run"],
        "source_transfer_path": "/run",
        "destination_transfer_path": "/copy",
    }

    def tidy():
        with worker_running(), mover_running():
            return json.loads(robot.run(sys.executable, "-c", SCRIPT, json.dumps(told)))

    return tidy


def test_a_flow_is_deployed_and_run(tidy, root):
    fill(root / "run", a=10, sub__b=20)
    before = tree(root / "run")

    done = tidy()

    assert (done["status"], tree(root / "copy")) == ("SUCCEEDED", before)
    assert not (root / "run").exists()
    run = Run.objects.get(pk=done["run_id"])
    assert (run.flow.title, run.label) == ("GladierClient flow", "Tidy up")
    assert list(run.log.values_list("code", flat=True)).count("ActionCompleted") == 2


def test_a_flow_that_was_deleted_is_deployed_again(tidy, root, alice):
    fill(root / "run", a=1)
    first = tidy()["flow_id"]
    Flow.objects.update(deleted_at=timezone.now())
    fill(root / "run", b=1)

    assert tidy()["flow_id"] != first
    assert Flow.objects.count() == 2
