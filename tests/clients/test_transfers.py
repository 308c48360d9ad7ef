"""``globus transfer`` and its like, as their users run them."""

import pytest

from apps.access.types import identity_urn
from apps.storage import services as storage
from apps.storage.types import FilePath
from tests.storage.beamline import admin, beamline, root
from tests.transfer.conftest import fill, mover_running, tree

__all__ = ["admin", "beamline", "root"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def robot(robots, beamline, alice):
    """A program of Alice's that may write everything."""
    laptop = robots("robot")
    who = identity_urn(laptop.variables["GLOBUS_CLI_CLIENT_ID"])
    storage.add_rule(collection=beamline, actor=alice, principal=who, path=FilePath(), permissions="rw")
    return laptop


@pytest.fixture
def at(beamline):
    return lambda path="/": f"{beamline.pk}:{path}"


def test_a_folder_is_transferred_waited_for_and_shown(robot, at, root):
    fill(root / "run", a=10, sub__b=20)

    task_id = robot.json("transfer", "--recursive", "--label", "Run 7", at("/run"), at("/copy"))["task_id"]
    with mover_running():
        robot.globus("task", "wait", task_id, "--timeout", "60", "--polling-interval", "1")

    assert tree(root / "copy") == tree(root / "run")
    shown = robot.globus("task", "show", task_id)
    assert "SUCCEEDED" in shown
    assert "Run 7" in shown
    assert "/run/sub/b" in robot.globus("task", "show", task_id, "--successful-transfers")
    assert (
        robot.globus("task", "list", "--filter-label", "Run", "--jmespath", "DATA[].status | [0]").strip()
        == '"SUCCEEDED"'
    )
    assert "SUCCEEDED" in robot.globus("task", "event-list", task_id)


def test_a_batch_is_transferred_and_synced(robot, at, root):
    fill(root / "run", a=10, b=20)
    batch = "a x\nb sub/y\n"

    for expected in (30, 0):
        words = ("transfer", "--batch", "-", "--sync-level", "checksum", at("/run/"), at("/copy/"))
        task_id = robot.json(*words, typed=batch)["task_id"]
        with mover_running():
            robot.globus("task", "wait", task_id, "--timeout", "60", "--polling-interval", "1")
        assert robot.json("task", "show", task_id)["bytes_transferred"] == expected

    assert sorted(tree(root / "copy")) == ["sub", "sub/y", "x"]


def test_files_are_removed_by_pattern_and_recursively(robot, at, root):
    fill(root / "old", a__deep=1, **{"one.tmp": 1, "two.tmp": 1, "kept.txt": 1})

    with mover_running():
        robot.globus("rm", "--enable-globs", "--star-silent", at("/old/*.tmp"), "--polling-interval", "1")
        robot.globus("rm", "--recursive", at("/old/a"), "--polling-interval", "1")
        robot.globus("rm", "--ignore-missing", at("/old/nothing"), "--polling-interval", "1")

    assert list(tree(root / "old")) == ["kept.txt"]


def test_a_task_is_updated_and_canceled(robot, at, root):
    fill(root, a=1)
    task_id = robot.json("transfer", at("/a"), at("/b"))["task_id"]

    robot.globus("task", "update", task_id, "--label", "Mine", "--deadline", "2099-01-01")
    assert robot.json("task", "show", task_id)["label"] == "Mine"
    assert "cancelled" in robot.globus("task", "cancel", task_id)
    assert robot.json("task", "show", task_id)["fatal_error"]["code"] == "CANCELED"
    deleted = robot.json("delete", "--recursive", at("/open"))
    assert deleted["code"] == "Accepted"
