"""An address that is none gets the error of its service, whatever signs are in it, and never a page."""

import pytest

pytestmark = pytest.mark.django_db
ODD = ["none", "a%0Ab", "%0A", "a%0D%0Ab/c", "%00", "%FF%FE", "..%2f..", "%E2%80%A8", "x" * 3000, "%", "v1/none%0A/run"]
SHAPES = {
    "auth": {"errors", "error"},
    "groups": {"code", "detail"},
    "search": {"@datatype", "code"},
    "transfer": {"code", "message", "request_id"},
    "flows": {"error", "debug_id"},
    "timers": {"error", "debug_id"},
    "actions": {"code", "description"},
    "none": {"status", "code", "message"},
}


@pytest.mark.parametrize("service", SHAPES)
@pytest.mark.parametrize("odd", ODD, ids=lambda odd: odd[:20])
def test_it_is_a_404_in_the_shape_of_the_service(client, service, odd):
    answer = client.generic("GET", f"/api/{service}/{odd}")

    assert (answer.status_code, answer["Content-Type"]) == (404, "application/json")
    assert set(answer.json()) >= SHAPES[service]
