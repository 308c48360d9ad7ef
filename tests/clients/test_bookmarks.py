"""``globus bookmark``, as its users run it."""

import pytest

from apps.access.types import identity_urn
from apps.storage import services as storage
from apps.storage.types import FilePath
from tests.storage.beamline import admin, beamline, root

__all__ = ["admin", "beamline", "root"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def robot(robots, beamline, alice):
    """A program of Alice's that may read /open/."""
    laptop = robots("robot")
    who = identity_urn(laptop.variables["GLOBUS_CLI_CLIENT_ID"])
    storage.add_rule(collection=beamline, actor=alice, principal=who, path=FilePath.parse("/open/"), permissions="r")
    return laptop


def test_a_bookmark_is_made_listed_and_leads_to_its_folder(robot, beamline):
    made = robot.globus("bookmark", "create", f"{beamline.pk}:/open/run7/", "tonight").split()[-1]

    assert robot.globus("bookmark", "show", "tonight").strip() == f"{beamline.pk}:/open/run7/"
    assert made in robot.globus("bookmark", "show", "--verbose", made)
    listed = robot.globus("bookmark", "list")
    assert [word in listed for word in ("tonight", made, "Beamline", "/open/run7/")] == [True] * 4
    robot.globus("ls", robot.globus("bookmark", "show", "tonight").strip())


def test_a_bookmark_is_renamed_and_deleted(robot, beamline):
    robot.globus("bookmark", "create", f"{beamline.pk}:/~/open/", "old")

    robot.globus("bookmark", "rename", "old", "new")

    assert robot.json("bookmark", "list", "--jmespath", "DATA[].[name, path]") == [["new", "/open/"]]
    assert "deleted" in robot.globus("bookmark", "delete", "new")
    assert "No bookmark found" in robot.globus("bookmark", "show", "new", status=1)


def test_an_id_that_is_no_bookmark_may_still_be_a_name(robot, beamline):
    name = str(beamline.pk)
    robot.globus("bookmark", "create", f"{beamline.pk}:/open/", name)

    assert robot.globus("bookmark", "show", name).strip() == f"{beamline.pk}:/open/"
    assert "Conflict" in robot.globus("bookmark", "create", f"{beamline.pk}:/open/", name, status=1)
