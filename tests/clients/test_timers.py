"""``globus timer``, unmodified: a program of Alice's has things done by the clock."""

import pytest
from django.utils import timezone

from apps.access.types import identity_urn
from apps.storage import services as storage
from apps.storage.types import FilePath
from apps.timers import engine, tasks
from apps.timers.models import Turn
from tests.flows.conftest import HELLO, make_flow
from tests.storage.beamline import admin, beamline, root
from tests.transfer.conftest import fill, mover_running, tree
from tests.waiting import until

__all__ = ["admin", "beamline", "make_flow", "root"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def flow(make_flow):
    return str(make_flow({"Say": HELLO}, roles={"starter": ["all_authenticated_users"]}).pk)


@pytest.fixture
def robot(robots, beamline, alice):
    """A program of Alice's that may write everything."""
    laptop = robots("robot")
    who = identity_urn(laptop.variables["GLOBUS_CLI_CLIENT_ID"])
    storage.add_rule(collection=beamline, actor=alice, principal=who, path=FilePath(), permissions="rw")
    return laptop


def strike():
    """As the clock and a worker do."""
    now = timezone.now()
    engine.strike(engine.timers_due(now), now)
    tasks.look_here(engine.turns_due(now))


def test_a_flow_is_started_by_the_clock(robot, flow):
    words = ("--name", "Each day", "--interval", "1d", "--stop-after-runs", "3", "--input", '{"word": "hi"}')
    made = robot.json("timer", "create", "flow", flow, *words)
    assert (made["status"], made["schedule"]["interval_seconds"]) == ("new", 86400)

    strike()

    shown = robot.globus("timer", "show", made["job_id"])
    assert "Each day" in shown
    assert "1 day, 0:00:00" in shown
    assert "Awaiting completion of the latest run" in shown
    assert Turn.objects.get().state == "going"


def test_a_transfer_is_made_again_and_again(robot, beamline, root):
    fill(root / "run", a=10)
    at = f"{beamline.pk}:"
    words = ("--interval", "1h", "--stop-after-date", "2099-01-01", "--recursive", f"{at}/run", f"{at}/copy")
    made = robot.json("timer", "create", "transfer", "--name", "Hourly", *words)

    with mover_running():
        strike()
        until(lambda: Turn.objects.get().state == "done", within_s=60)

    assert tree(root / "copy") == tree(root / "run")
    assert robot.json("timer", "show", made["job_id"])["n_runs"] == 1


def test_timers_are_listed_paused_resumed_and_deleted(robot, flow):
    key = robot.json("timer", "create", "flow", flow, "--start", "2099-01-01", "--stop-after-runs", "1")["job_id"]

    assert key in robot.globus("timer", "list")
    assert "paused" in robot.globus("timer", "pause", key)
    assert "Paused, awaiting user action" in robot.globus("timer", "show", key)
    assert "resumed" in robot.globus("timer", "resume", key)
    assert "Awaiting the next run, scheduled to occur at 2099-01-01" in robot.globus("timer", "show", key)
    assert key in robot.globus("timer", "delete", key)
    assert key not in robot.globus("timer", "list")
