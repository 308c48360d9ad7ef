"""Jobs, as timers were called, are made by the address that is to be called: a flow's, or that of transfers."""

import json
from datetime import UTC, datetime, timedelta

import globus_sdk
import pytest

from apps.timers import engine
from apps.timers.models import Timer
from apps.transfer.models import Task
from tests.api.oracle import differences, fixture
from tests.flows.conftest import HELLO, make_flow
from tests.transfer.conftest import alice, destination, make_place, source

__all__ = ["alice", "destination", "make_flow", "make_place", "source"]
pytestmark = pytest.mark.django_db(transaction=True)
START = datetime(2027, 1, 31, 12, tzinfo=UTC)
DAY = timedelta(days=1)
TRANSFER = "https://actions.globus.org/transfer/transfer/run"
ITEM = {"source_path": "/a.txt", "destination_path": "/b.txt"}


@pytest.fixture
def flow(make_flow):
    return make_flow({"Say": HELLO})


@pytest.fixture
def document(source, destination):
    """Of a transfer, as the API takes it."""
    return {"source_endpoint": str(source.pk), "destination_endpoint": str(destination.pk), "DATA": [ITEM]}


@pytest.fixture
def of_old(source, destination):
    """The same as the action of old took it."""
    ends = {"source_endpoint_id": str(source.pk), "destination_endpoint_id": str(destination.pk)}
    return {**ends, "transfer_items": [ITEM]}


@pytest.mark.parametrize("host", ["https://flows.globus.org/flows/{}/run", "{own}/api/flows/flows/{}/run"])
def test_a_flow_is_known_by_its_address(sdk, alice, flow, host, settings):
    body = {"body": {"word": "hi"}, "label": "Daily"}
    url = host.format(flow.pk, own=settings.PUBLIC_URL)

    job = sdk(alice).create_job(globus_sdk.TimerJob(url, body, START, DAY, name="Daily", stop_after_n=3))

    assert (job.http_status, job["timer_type"], job["interval"], job["status"]) == (201, "flow", 86400.0, "new")
    assert (job["callback_url"], job["callback_body"]) == (f"{settings.PUBLIC_URL}/api/flows/flows/{flow.pk}/run", body)
    assert (job["start"], job["next_run"], job["stop_after"]) == (
        START.isoformat(),
        START.isoformat(),
        {"date": None, "n_runs": 3},
    )


@pytest.mark.parametrize("form", ["document", "of_old"])
def test_a_transfer_is_told_in_both_forms(sdk, alice, form, request):
    body = {"body": request.getfixturevalue(form)}
    job = sdk(alice).create_job(globus_sdk.TimerJob(TRANSFER, body, START, DAY, name="Copy"))
    now = START + timedelta(seconds=1)

    engine.strike(engine.timers_due(now), now)
    engine.begin(engine.turns_due(now), now)

    assert job["callback_url"].endswith("/api/actions/transfer/transfer/run")
    assert job["callback_body"] == {"body": request.getfixturevalue("document")}
    [task] = Task.objects.all()
    assert (str(task.source_id), task.label, task.items.count()) == (
        job["callback_body"]["body"]["source_endpoint"],
        "Copy",
        1,
    )


def test_it_is_told_of_as_the_service_tells(sdk, alice, document):
    made = sdk(alice).create_job(globus_sdk.TimerJob(TRANSFER, {"body": document}, START, DAY, name="Copy"))

    example = fixture("create_job", "default", service="timer")
    told = {**made.data, "callback_body": {}, "results": {}}
    assert differences(told, {**example, "callback_body": {}, "results": {}, "last_ran_at": None}) == []


def test_without_an_interval_it_strikes_once(sdk, alice, document):
    job = sdk(alice).create_job(globus_sdk.TimerJob(TRANSFER, {"body": document}, START, None))

    assert (job["interval"], job["schedule"]["type"], job["stop_after"]) == (None, "once", None)


def test_it_ends_by_whichever_end_is_first(sdk, alice, document):
    until = START + 5 * DAY
    told = globus_sdk.TimerJob(TRANSFER, {"body": document}, START, DAY, stop_after=until, stop_after_n=9)

    job = sdk(alice).create_job(told)

    assert job["stop_after"] == {"date": until.isoformat(), "n_runs": 9}
    schedule = Timer.objects.get().schedule
    assert (schedule.most_turns, schedule.until) == (9, until)


def test_all_faults_are_told_by_their_places(sdk, alice):
    job = globus_sdk.TimerJob("https://example.org/run", {"body": {}}, "soon", 1, name="x" * 300, stop_after_n=0)

    with pytest.raises(globus_sdk.TimersAPIError) as told:
        sdk(alice).create_job(job)

    places = {tuple(one["loc"]) for one in told.value.raw_json["detail"]}
    wrong = {"callback_url", "start", "interval", "name", "stop_after_n"}
    assert (told.value.http_status, places) == (422, {("body", name) for name in wrong})


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"start": None}, "start"),
        ({"start": "0001-01-01"}, "start"),
        ({"interval": None, "stop_after_n": 2}, "stop_after_n"),
        ({"stop_after": "2020-01-01"}, "stop_after"),
        ({"callback_url": "https://actions.globus.org/transfer/delete/run"}, "callback_url"),
        ({"callback_body": {"body": {}, "labl": "x"}}, "callback_body.labl"),
        ({"callback_body": {"body": {}}}, "callback_body.body.source_endpoint"),
        ({"callback_body": []}, "callback_body"),
        ({"scope": 1}, "scope"),
        ({"nmae": "x"}, "nmae"),
    ],
)
def test_what_is_no_job_is_refused(api, alice, document, changes, place):
    job = {"start": "2027-01-31", "interval": 3600, "callback_url": TRANSFER, "callback_body": {"body": document}}

    answer = api(alice).generic("POST", "/api/timers/jobs/", json.dumps({**job, **changes}), "application/json")

    places = [".".join(one["loc"][1:]) for one in answer.json()["detail"]]
    assert (answer.status_code, place in places) == (422, True), places
    assert not Timer.objects.exists()


def test_who_may_not_start_the_flow_makes_no_job_of_it(sdk, charlie, flow):
    job = globus_sdk.TimerJob(f"https://flows.globus.org/flows/{flow.pk}/run", {"body": {}}, START, DAY)

    with pytest.raises(globus_sdk.TimersAPIError) as told:
        sdk(charlie).create_job(job)

    assert told.value.http_status == 404
