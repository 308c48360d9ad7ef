"""Functions at Globus Compute: what its service is asked, and what is believed of its answers."""

import json
import re

import pytest
import responses
from django.utils import timezone

from apps.flows.computing.running import outcome_of
from apps.flows.computing.turns import take
from apps.flows.models import Action, Job

globus_compute = pytest.importorskip("apps.flows.elsewhere.globus_compute")
SERVICE = "https://compute.api.globus.org"
ENDPOINT, FUNCTION, TASK = (f"{number}0000000-0000-4000-8000-000000000000" for number in (1, 2, 3))
ORDER = {
    "client_id": "40000000-0000-4000-8000-000000000000",
    "client_secret": "S3CR3T",
    "endpoint_id": ENDPOINT,
    "function_id": FUNCTION,
    "args": [1],
    "kwargs": {"hits": 2},
}
TOKEN = {
    "access_token": "t",
    "expires_in": 1000,
    "resource_server": "funcx_service",
    "token_type": "Bearer",
    "other_tokens": [],
}


@pytest.fixture
def service(monkeypatch):
    """Answers as the service does: a token, the id of a task, and how the task goes."""
    monkeypatch.setattr(globus_compute, "LOOKS_EVERY_S", 0)
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        scope = "https://auth.globus.org/scopes/facd7ccc-c5f4-42aa-916b-a0e270e2c2a9/all"
        mock.post("https://auth.globus.org/v2/oauth2/token", json=TOKEN | {"scope": scope})
        submitted = {"tasks": {FUNCTION: [TASK]}, "request_id": "r", "task_group_id": "g", "endpoint_id": ENDPOINT}
        mock.post(re.compile(f"{SERVICE}/v[23]/.*submit"), json=submitted)

        def goes(*answers):
            for answer in answers:
                mock.get(f"{SERVICE}/v2/tasks/{TASK}", json={"task_id": TASK, **answer})
            return mock

        yield goes


def test_a_function_is_asked_for_and_waited_for(service):
    mock = service({"status": "pending"}, {"status": "success", "result": '11\n{"rate": 0.5}'})

    assert globus_compute.run(ORDER) == {"rate": 0.5}
    (submitted,) = [call.request for call in mock.calls if "submit" in call.request.url]
    asked = json.loads(submitted.body)
    assert asked["result_serializers"] == globus_compute.JSON_RESULTS
    assert '"hits": 2' in asked["tasks"][FUNCTION][0]


def test_a_result_that_names_code_to_be_run_is_refused(service):
    service({"status": "success", "result": "01\ngASVAAAA"})

    with pytest.raises(Exception, match="Deserialization"):
        globus_compute.run(ORDER)


def test_what_the_function_raised_there_is_told(service):
    service({"status": "failed", "exception": "ValueError: no beam"})

    with pytest.raises(Exception, match="no beam"):
        globus_compute.run(ORDER)


@pytest.mark.django_db
def test_without_credentials_it_is_said_which(register):
    function = register("far", kind="globus", target=FUNCTION, endpoint=ENDPOINT)
    action = Action.objects.create(provider="compute", creator="bob", body={}, started_at=timezone.now())
    Job.objects.create(
        action=action, number=0, function=function, queue="compute", asked_at=timezone.now(), turn_at=timezone.now()
    )
    turn = take("compute", timezone.now())
    outcome = outcome_of(Job.objects.select_related("function", "action").get(), turn)

    assert outcome.status == "failed"
    assert "VITRINE_GLOBUS_COMPUTE_CLIENT_ID" in outcome.error
