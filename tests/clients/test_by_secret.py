"""``globus`` with the id and secret of an application: nobody signs in, and the program acts for itself."""

import json

import pytest

from apps.search.models import Task
from tests.search.conftest import drained

pytestmark = pytest.mark.django_db(transaction=True)


def document(*subjects):
    entries = [{"subject": each, "visible_to": ["public"], "content": {"title": each}} for each in subjects]
    return json.dumps({"ingest_type": "GMetaList", "ingest_data": {"gmeta": entries}})


@pytest.fixture
def chips(robot):
    """The id of an index that the program has made."""
    return robot.json("search", "index", "create", "Chips", "What is in the drawer")["id"]


@pytest.fixture
def filled(robot, chips):
    """What the program has put into it; gives the id of the task."""
    (robot.home / "records.json").write_text(document("mica", "quartz", "silicon"))
    task = robot.json("search", "ingest", chips, "records.json")["task_id"]
    drained(Task.objects.get(pk=task))
    return task


def subjects(answer):
    return [hit["subject"] for hit in answer["gmeta"]]


def test_it_knows_who_it_is(robot):
    me = robot.variables["GLOBUS_CLI_CLIENT_ID"]

    assert robot.globus("whoami") == f"{me}@clients.auth.globus.org\n"
    assert robot.json("whoami", "--linked-identities")[0]["sub"] == me
    assert robot.json("session", "show")["authentications"] == {}


def test_a_secret_that_is_not_its_own_is_refused(robot):
    robot.variables["GLOBUS_CLI_CLIENT_SECRET"] = "wrong"

    said = robot.globus("search", "index", "list", status=1)
    assert "do not appear to be valid client credentials" in said


def test_it_looks_people_up(robot, alice, bob):
    bobs = str(bob.identities.get().pk)

    assert robot.globus("get-identities", "bob@vitrine.local") == f"{bobs}\n"
    assert robot.globus("get-identities", bobs) == "bob@vitrine.local\n"
    told = robot.json("get-identities", "--verbose", "alice@vitrine.local", bobs, "nobody@vitrine.local")
    assert {one["name"] for one in told["identities"]} == {"Alice", "Bob"}


def test_it_makes_an_index_and_takes_it_away(robot, chips):
    assert "Chips" in robot.globus("search", "index", "list")
    assert robot.json("search", "index", "show", chips)["description"] == "What is in the drawer"

    robot.globus("search", "index", "delete", chips)
    assert [one["status"] for one in robot.json("search", "index", "list")["index_list"]] == ["delete_pending"]


def test_it_fills_an_index_and_searches_it(robot, chips, filled):
    advanced = json.dumps({"q": "mica OR quartz", "advanced": True})

    assert robot.globus("search", "query", chips, "-q", "mica") == "mica\n"
    assert robot.json("search", "query", chips, "--query-document", advanced, "--limit", "1")["total"] == 2
    everything = robot.json("search", "query", chips, "-q", "title:s*", "--advanced", "--bypass-visible-to")
    assert subjects(everything) == ["silicon"]
    admins = robot.json("search", "query", chips, "-q", "*", "--filter-principal-sets", "admin,owner")
    assert subjects(admins) == []
    assert '"title": "mica"' in robot.globus("search", "subject", "show", chips, "mica")


def test_its_tasks_say_how_they_went(robot, chips, filled):
    assert "SUCCESS (Task succeeded)" in robot.globus("search", "task", "show", filled)
    assert filled in robot.globus("search", "task", "list", chips)


def test_it_deletes_by_subject_and_by_query(robot, chips, filled):
    robot.globus("search", "subject", "delete", chips, "mica")
    last = robot.json("search", "delete-by-query", chips, "-q", "quartz")["task_id"]
    drained(Task.objects.get(pk=last))

    assert subjects(robot.json("search", "query", chips, "-q", "*")) == ["silicon"]


def test_it_gives_roles_and_takes_them(robot, chips, team, bob):
    role = ("search", "index", "role")
    given = robot.json(*role, "create", chips, "writer", "bob@vitrine.local")["id"]
    robot.globus(*role, "create", chips, "admin", str(team.pk), "--type", "group")

    told = robot.globus(*role, "list", chips)
    assert "bob@vitrine.local" in told
    assert f"Globus Group ({team.pk})" in told
    robot.globus(*role, "delete", chips, given)
    assert "bob@vitrine.local" not in robot.globus(*role, "list", chips)
