"""The field's own client submits, watches and steers tasks."""

import uuid

import globus_sdk
import pytest
from globus_sdk.testing import get_response_set

from apps.access.types import identity_urn
from apps.accounts import services as accounts
from apps.storage import services as storage
from apps.storage.types import FilePath
from tests.api.oracle import differences
from tests.transfer.conftest import fill, mover_running, tree

pytestmark = pytest.mark.django_db(transaction=True)


def refused(call, *args, **told):
    with pytest.raises(globus_sdk.TransferAPIError) as error:
        call(*args, **told)
    return error.value.http_status, error.value.code


def example(name):
    return get_response_set(f"transfer.{name}").lookup("default").json


@pytest.fixture
def data(source, destination):
    def data(*paths, **options):
        told = globus_sdk.TransferData(source.pk, destination.pk, **options)
        for path in paths:
            told.add_item(path, path)
        return told

    return data


def test_a_transfer_is_submitted_awaited_and_told_of(client, alice, data, here, there):
    fill(here / "run", a=10, sub__b=2000)
    sdk = client(alice)

    submitted = sdk.submit_transfer(data("/run", label="Run 7"))
    with mover_running():
        assert sdk.task_wait(submitted["task_id"], timeout=30, polling_interval=1)

    told = sdk.get_task(submitted["task_id"])
    assert (told["status"], told["files"], told["bytes_transferred"], told["label"]) == ("SUCCEEDED", 2, 2010, "Run 7")
    assert tree(there) == tree(here)
    assert differences(example("submit_transfer"), submitted.data) == []
    assert set(example("task_list")["DATA"][0]) <= set(told.data)


def test_a_submission_counts_once(client, alice, data, here):
    fill(here, a=1)
    sdk, told = client(alice), data("/a", submission_id=client(alice).get_submission_id()["value"])

    first, second = sdk.submit_transfer(told), sdk.submit_transfer(told)

    assert (first["code"], second["code"]) == ("Accepted", "Duplicate")
    assert first["task_id"] == second["task_id"]
    assert len(list(sdk.task_list())) == 1


def test_what_was_sent_and_what_was_not_is_listed(client, alice, data, here):
    fill(here, a=7)
    sdk = client(alice)
    task_id = sdk.submit_transfer(data("/a", "/missing", skip_source_errors=True))["task_id"]
    with mover_running():
        sdk.task_wait(task_id, timeout=30, polling_interval=1)

    sent = list(sdk.paginated.task_successful_transfers(task_id).items())
    skipped = list(sdk.paginated.task_skipped_errors(task_id).items())
    assert [(one["source_path"], one["size"]) for one in sent] == [("/a", 7)]
    assert [(one["source_path"], one["error_code"]) for one in skipped] == [("/missing", "FILE_NOT_FOUND")]
    codes = [one["code"] for one in sdk.task_event_list(task_id)]
    assert (codes[0], codes[-1]) == ("SUCCEEDED", "SUBMITTED")


def test_nobody_sends_what_they_may_not_read_nor_where_they_may_not_write(client, alice, bob, data, source, here):
    fill(here, open__a=1, secret__b=1)
    rule = {"principal": identity_urn(accounts.identity_ids_of(bob)[0]), "permissions": "r"}
    storage.add_rule(collection=source, actor=alice, path=FilePath.parse("/open"), **rule)

    assert refused(client(bob).submit_transfer, data("/open/a")) == (403, "PermissionDenied")
    told = globus_sdk.TransferData(source.pk, source.pk)
    told.add_item("/secret/b", "/open/b")
    assert refused(client(bob).submit_transfer, told) == (403, "PermissionDenied")


def test_tasks_are_their_owners_alone(client, alice, bob, data, here):
    fill(here, a=1)
    task_id = client(alice).submit_transfer(data("/a"))["task_id"]
    sdk = client(bob)

    for call in (sdk.get_task, sdk.cancel_task, sdk.task_event_list, sdk.task_successful_transfers):
        assert refused(call, task_id) == (404, "ClientError.NotFound")
    assert list(sdk.task_list()) == []


def test_a_task_is_canceled_and_renamed(client, alice, data, here, there):
    fill(here, a=1)
    sdk = client(alice)
    task_id = sdk.submit_transfer(data("/a"))["task_id"]

    sdk.update_task(task_id, {"DATA_TYPE": "task", "label": "Not this one"})
    assert sdk.cancel_task(task_id)["code"] == "Canceled"
    assert sdk.cancel_task(task_id)["code"] == "TaskComplete"
    told = sdk.get_task(task_id)
    assert (told["status"], told["fatal_error"]["code"], told["label"]) == ("FAILED", "CANCELED", "Not this one")
    assert refused(sdk.update_task, task_id, {"DATA_TYPE": "task", "label": "x"}) == (409, "TaskComplete")
    assert tree(there) == {}


def test_files_are_deleted_by_a_task(client, alice, destination, there):
    fill(there, old__a=1, old__deep__b=1, kept=1)
    sdk, told = client(alice), globus_sdk.DeleteData(destination.pk, recursive=True)
    told.add_item("/old")

    task_id = sdk.submit_delete(told)["task_id"]
    with mover_running():
        sdk.task_wait(task_id, timeout=30, polling_interval=1)

    assert list(tree(there)) == ["kept"]
    assert (sdk.get_task(task_id)["type"], sdk.get_task(task_id)["source_endpoint_id"]) == (
        "DELETE",
        str(destination.pk),
    )


def test_tasks_are_filtered_and_ordered(client, alice, data, here):
    fill(here, a=1)
    sdk = client(alice)
    for label in ("one", "two"):
        sdk.submit_transfer(data("/a", label=label))

    labels = lambda **told: [one["label"] for one in sdk.task_list(**told)]  # noqa: E731 - it reads like the question
    assert labels(query_params={"orderby": "label ASC"}) == ["one", "two"]
    assert labels(filter="label:~tw/status:ACTIVE") == ["two"]
    assert labels(filter="type:DELETE") == []
    assert labels(filter="request_time:2000-01-01,2001-01-01") == []
    assert refused(sdk.task_list, filter="color:red")[0] == 400


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        ({"DATA": []}, "transfer requires"),
        ({"sync_level": 9}, "sync_level"),
        ({"deadline": "soon"}, "deadline"),
        ({"deadline": "2001-01-01"}, "deadline"),
        ({"verify_checksum": "yes"}, "verify_checksum"),
        ({"filter_rules": [{"name": "*", "method": "burn"}]}, "filter_rules.0.method"),
        ({"DATA": [{"source_path": "/a"}]}, "DATA.0.destination_path"),
        ({"DATA": [{"source_path": "/../a", "destination_path": "/b"}]}, ""),
        (
            {"DATA": [{"source_path": "/a", "destination_path": "/b", "checksum_algorithm": "crc"}]},
            "checksum_algorithm",
        ),
        ({"submission_id": "x"}, "submission_id"),
        ({"source_endpoint": str(uuid.uuid4())}, ""),
    ],
)
def test_a_submission_that_is_none_is_refused_and_says_where(client, alice, data, here, changed, place):
    fill(here, a=1)
    told = {**data("/a"), **changed}

    with pytest.raises(globus_sdk.TransferAPIError) as error:
        client(alice).post("/v0.10/transfer", data=told)

    assert 400 <= error.value.http_status < 500
    assert place in error.value.message or place == "transfer requires"
    assert list(client(alice).task_list()) == []
