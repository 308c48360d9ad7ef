"""A body of which nobody says how long it is would be taken for an empty one: its length is asked for."""

import pytest

SERVICES = [
    ("/api/search/v1/index", {"display_name": "Runs", "description": ""}),
    ("/api/flows/flows", {"title": "A flow", "definition": {}}),
    ("/api/transfer/v0.10/bookmark", {"name": "Tonight"}),
    ("/api/groups/v2/groups", {"name": "A group"}),
    ("/api/timers/v2/timer", {"timer": {}}),
    ("/api/publish/submissions", {"form": "runs"}),
]


@pytest.mark.parametrize(("url", "document"), SERVICES)
def test_a_body_in_chunks_is_asked_for_with_its_length(client, alice, url, document):
    client.force_login(alice)

    answer = client.post(url, document, content_type="application/json", headers={"Transfer-Encoding": "chunked"})

    assert (answer.status_code, "Content-Length" in answer.content.decode()) == (411, True)
