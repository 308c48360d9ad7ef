"""``globus ls`` and its like, as their users run them, with the id and secret of a program that acts for itself."""

import pytest

from apps.access import services as access
from apps.access.types import identity_urn
from apps.storage import services as storage
from apps.storage.types import FilePath
from tests.storage.beamline import admin, beamline, root

__all__ = ["admin", "beamline", "root"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def at(beamline):
    """A path of the collection as the command takes it."""
    return lambda path="/": f"{beamline.pk}:{path}"


@pytest.fixture
def robot(robots, beamline, alice):
    """A program of Alice's that may read /open/ and write /open/run7/."""
    laptop = robots("robot")
    who = identity_urn(laptop.variables["GLOBUS_CLI_CLIENT_ID"])
    for path, permissions in (("/open/", "r"), ("/open/run7/", "rw")):
        told = {"principal": who, "path": FilePath.parse(path), "permissions": permissions}
        storage.add_rule(collection=beamline, actor=alice, **told)
    return laptop


def test_a_folder_is_listed_filtered_and_walked(robot, at):
    assert robot.globus("ls", at("/open/")).splitlines() == ["page.html", "read me.txt", "run7/"]
    assert robot.globus("ls", at("/open/"), "--filter", "~*.txt").splitlines() == ["read me.txt"]
    assert "read me.txt" in robot.globus("ls", "--recursive", at("/"))
    long = robot.globus("ls", "--long", at("/open/"))
    assert "Permissions" in long
    assert robot.globus("ls", at("/open/"), "--jmespath", "DATA[].name").count('"') == 6
    assert "PermissionDenied" in robot.globus("ls", at("/secret/"), status=1)


def test_folders_are_made_and_renamed_and_files_looked_at(robot, at, beamline, root):
    robot.globus("mkdir", at("/open/run7/new"))
    robot.globus("rename", str(beamline.pk), "/open/run7/new", "/open/run7/old")

    assert (root / "open" / "run7" / "old").is_dir()
    told = robot.json("stat", at("/open/read me.txt"))
    assert (told["name"], told["type"], told["size"]) == ("read me.txt", "file", 15)
    assert "PermissionDenied" in robot.globus("mkdir", at("/open/mine"), status=1)


def test_collections_are_found_and_shown(robot, beamline):
    found = robot.json("endpoint", "search", "beam")
    assert [one["id"] for one in found["DATA"]] == [str(beamline.pk)]
    assert "Beamline" in robot.globus("endpoint", "show", str(beamline.pk))


def test_permissions_are_given_shown_changed_and_taken(robots, beamline, alice, bob, at):
    owner = robots("owner")
    access.grant(beamline.resource, "admin", identity_urn(owner.variables["GLOBUS_CLI_CLIENT_ID"]), actor=alice)
    said = owner.json(
        "endpoint", "permission", "create", at("/open/"), "--permissions", "r", "--identity", "bob@vitrine.local"
    )
    rule = said["access_id"]
    listed = owner.globus("endpoint", "permission", "list", str(beamline.pk))
    assert "bob@vitrine.local" in listed
    owner.globus("endpoint", "permission", "update", str(beamline.pk), rule, "--permissions", "rw")
    assert owner.json("endpoint", "permission", "show", str(beamline.pk), rule)["permissions"] == "rw"
    owner.globus("endpoint", "permission", "delete", str(beamline.pk), rule)
    assert not storage.rules_of(beamline, actor=alice)
