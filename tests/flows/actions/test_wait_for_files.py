"""Runs wait for files: until they are complete, which a look or two tells, and no thread waits for."""

import os

import pytest

from apps.flows.models import Action
from tests.transfer.conftest import fill

pytestmark = pytest.mark.django_db
URL = "http://127.0.0.1:8000/api/actions/wait_for_files"


@pytest.fixture
def wait(act, source):
    def wait(actor=None, **more):
        body = {"collection_id": str(source.pk), "path": "/run/", "pattern": "*.h5", "settle_s": 10, **more}
        return act(URL, body, actor=actor)

    return wait


def found(run):
    return [one["path"] for one in run.output["done"]["details"]["files"]]


def test_files_are_complete_when_they_have_not_changed_for_a_while(wait, carry, clock, here):
    fill(here, **{"run__a.h5": 10, "run__notes": 5})
    run = wait()
    assert run.status == "ACTIVE"
    assert Action.objects.get().details == {"files_seen": 1, "files_complete": 0, "files_wanted": 1}

    for _ in range(2):
        clock.forward(5)
        run = carry(run)

    assert (run.status, found(run)) == ("SUCCEEDED", ["/run/a.h5"])


def test_a_file_that_grows_is_waited_for(wait, carry, clock, here):
    fill(here, **{"run__a.h5": 10})
    run = wait()
    for size in (20, 30, 40):
        clock.forward(5)
        os.truncate(here / "run" / "a.h5", size)
        assert carry(run).status == "ACTIVE"

    clock.forward(10)

    assert carry(run).output["done"]["details"]["total_bytes"] == 40


def test_so_many_are_waited_for_and_the_folder_too(wait, carry, clock, here):
    run = wait(count=2, settle_s=0)
    assert Action.objects.get().display_status == "The folder is not there yet"
    fill(here, **{"run__a.h5": 10})
    clock.forward(5)
    assert carry(run).status == "ACTIVE"

    fill(here, **{"run__b.h5": 10})
    clock.forward(5)

    assert found(carry(run)) == ["/run/a.h5", "/run/b.h5"]


def test_a_marker_says_that_all_is_complete(wait, carry, clock, here):
    fill(here, **{"run__a.h5": 10, "run__b.h5": 10})
    run = wait(count=100, marker="DONE*")
    fill(here, run__DONE_7=0)
    clock.forward(5)

    run = carry(run)

    assert found(run) == ["/run/a.h5", "/run/b.h5"]
    assert run.output["done"]["details"]["marker"] == "/run/DONE_7"


def test_a_file_that_is_hidden_is_not_finished(wait, here):
    fill(here, **{"run__.a.h5": 10})

    assert wait(settle_s=0).status == "ACTIVE"


def test_it_looks_again_when_enough_could_be_complete(wait, here):
    fill(here, **{"run__a.h5": 10})
    wait(settle_s=2, poll_s=60)

    action = Action.objects.get()

    assert (action.due_at - action.started_at).total_seconds() < 3


def test_charlie_waits_for_nothing_that_he_may_not_read(wait, charlie, here):
    fill(here, **{"run__a.h5": 10})

    run = wait(actor=charlie)

    assert (run.error_name, Action.objects.get().details["code"]) == ("ActionFailedException", "PermissionDenied")
