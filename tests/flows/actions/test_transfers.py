"""Runs transfer and delete files: by tasks of who started them, submitted once, noticed at once when they end."""

import uuid

import pytest

from apps.flows import engine
from apps.flows import services as flows
from apps.flows.models import Action
from apps.transfer import services as transfer
from apps.transfer.models import Task
from tests.flows.actions.conftest import NEW, OLD
from tests.transfer.conftest import fill, tree

pytestmark = pytest.mark.django_db


def native(source, destination, **more):
    items = [{"source_path": "/run/", "destination_path": "/kept/"}]
    return {"source_endpoint": str(source.pk), "destination_endpoint": str(destination.pk), "DATA": items, **more}


def hosted(source, destination):
    items = [{"source_path": "/run/", "destination_path": "/kept/", "recursive": True}]
    return {
        "source_endpoint_id": str(source.pk),
        "destination_endpoint_id": str(destination.pk),
        "transfer_items": items,
        "label": "as before",
    }


@pytest.mark.parametrize("url", [f"{NEW}/transfer", f"{NEW}/transfer/", f"{OLD}/transfer", f"{OLD}/transfer/run"])
@pytest.mark.parametrize("body", [native, hosted])
def test_a_transfer_ends_with_the_document_of_its_task(act, move, source, destination, here, there, url, body):
    fill(here, run__a=10, run__b=0)
    run = act(url, body(source, destination))
    assert run.status == "ACTIVE"

    run = move(run)

    told = run.output["done"]["details"]
    assert tree(there) == {"kept": None, **{f"kept/{n}": tree(here)[f"run/{n}"] for n in "ab"}}
    assert (told["task_id"], told["status"], told["files"]) == (str(Task.objects.get().pk), "SUCCEEDED", 2)
    assert told["source_endpoint_id"] == str(source.pk)


def test_the_end_is_announced_and_not_waited_for(act, source, destination, here, move, clock):
    fill(here, run__a=10)
    run = act(f"{NEW}/transfer", native(source, destination))
    clock.forward(1)  # its second look is behind it
    engine.perform(Action.objects.get().pk, clock, lambda action: None)
    assert Action.objects.get().due_at > clock()

    assert move(run).status == "SUCCEEDED"


def test_a_transfer_that_is_begun_twice_is_one(begin, order, source, destination, here):
    fill(here, run__a=10)
    body, request_id = native(source, destination), str(uuid.uuid4())

    first = begin("transfer/transfer", body, request_id=request_id)
    second = begin("transfer/transfer", body, request_id=request_id, attempt=2)

    assert first.memo == second.memo == {"task_id": str(Task.objects.get().pk)}


def test_a_process_that_dies_before_it_says_so_begins_no_second_one(act, carry, move, source, destination, here, clock):
    fill(here, run__a=10)
    run, now = act(f"{NEW}/transfer", native(source, destination)), clock()
    Action.objects.update(is_begun=False, awaits="", memo={}, lease="gone", lease_until=now, due_at=now)
    clock.forward(1)

    run = move(carry(run))

    assert (run.status, Task.objects.count()) == ("SUCCEEDED", 1)


def test_a_failed_task_fails_its_action_and_says_what_to_do(act, move, source, destination, there):
    there.joinpath("kept").write_text("a file")
    run = move(act(f"{NEW}/transfer", native(source, destination)))

    assert (run.status, run.error_name) == ("FAILED", "ActionFailedException")
    told = Action.objects.get().details
    assert told["fatal_error"]["code"] == "FILE_NOT_FOUND"
    assert told["advice"] in run.error_cause


def test_a_canceled_run_cancels_its_task(act, carry, source, destination, here, alice):
    fill(here, run__a=10)
    run = act(f"{NEW}/transfer", native(source, destination))

    flows.cancel_run(run=run, actor=alice)

    assert carry(run).status == "FAILED"
    assert Task.objects.get().fatal_code == "CANCELED"


def test_a_run_waits_for_a_task_that_is_paused_until_it_is_resumed(act, move, clock, source, destination, here):
    fill(here, run__a=10)
    run = act(f"{NEW}/transfer", native(source, destination))
    transfer.pause_task(Task.objects.get())
    clock.forward(1)
    assert (move(run).status, Task.objects.get().status) == ("ACTIVE", "INACTIVE")

    transfer.resume_task(Task.objects.get())

    assert move(run).status == "SUCCEEDED"


def test_charlie_transfers_nothing_that_he_may_not_read(act, source, destination, here, charlie):
    fill(here, run__a=10)

    run = act(f"{NEW}/transfer", native(source, destination), actor=charlie)

    assert (run.status, run.error_name) == ("FAILED", "ActionFailedException")
    assert Action.objects.get().details["code"] == "PermissionDenied"
    assert Task.objects.count() == 0


def test_what_is_no_transfer_cannot_be_run(act, source, destination):
    run = act(f"{NEW}/transfer", {"source_endpoint": str(source.pk), "DATA": []})

    assert (run.status, run.error_name) == ("FAILED", "ActionUnableToRun")


def test_a_task_of_an_action_is_called_as_its_flow_and_sends_no_mail(act, source, destination, here, mailoutbox, move):
    fill(here, run__a=10)
    move(act(f"{NEW}/transfer", native(source, destination)))

    assert Task.objects.get().label == "a flow: Act"
    assert mailoutbox == []


@pytest.mark.parametrize(
    ("url", "how"),
    [(f"{NEW}/delete", {"DATA": [{"path": "/run//a"}]}), (f"{OLD}/delete", {"items": ["/run/a"], "recursive": False})],
)
def test_files_are_deleted(act, move, source, here, url, how):
    fill(here, run__a=10, run__b=10)
    run = act(url, {"endpoint" if "DATA" in how else "endpoint_id": str(source.pk), **how})

    assert move(run).output["done"]["details"]["type"] == "DELETE"
    assert list(tree(here)) == ["run", "run/b"]


def test_charlie_deletes_nothing(act, source, here, charlie):
    fill(here, run__a=10)

    run = act(f"{NEW}/delete", {"endpoint": str(source.pk), "DATA": [{"path": "/run/a"}]}, actor=charlie)

    assert Action.objects.get(run=run).details["code"] == "PermissionDenied"
    assert Task.objects.count() == 0
