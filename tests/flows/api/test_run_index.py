"""The globus command finds the flow of a run by an index that is none."""

import pytest

from apps.flows import services as flows
from apps.flows.api.run_index import RUN_INDEX
from tests.flows.api.conftest import NAP

pytestmark = pytest.mark.django_db


@pytest.fixture
def found(api):
    """The ids of the flows of the runs with these ids."""

    def found(user, *values, status=200):
        asked = {"filters": [{"type": "match_any", "field_name": "run_id", "values": list(values)}], "limit": 1}
        answer = api(user).post(f"/api/search/v1/index/{RUN_INDEX}/search", asked, format="json")
        assert answer.status_code == status
        return [one["entries"][0]["content"]["flow_id"] for one in answer.json().get("gmeta", [])]

    return found


def test_the_flow_of_a_run_is_told_to_who_sees_the_run(found, make_flow, alice, bob):
    run = flows.start_run(flow=make_flow(NAP["States"]), actor=alice, input={})

    assert found(alice, str(run.pk)) == [str(run.flow_id)]
    assert found(bob, str(run.pk)) == []
    assert found(None, str(run.pk), status=401) == []
    assert found(alice, "nothing", 7, None) == []
