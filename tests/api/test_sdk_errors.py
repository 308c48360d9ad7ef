"""Refusals, as the SDK's own error class reads them, held against its own responses."""

import pytest
from globus_sdk import SearchAPIError

from tests.api.oracle import ERROR, differences, fixture

NONE = "00000000-0000-4000-8000-000000000000"


def refusal(call, *args, **kwargs):
    with pytest.raises(SearchAPIError) as caught:
        call(*args, **kwargs)
    told = caught.value
    assert differences(told.raw_json, ERROR) == []
    assert told.raw_json["status"] == told.http_status
    assert told.request_id
    return told


def test_an_index_that_is_not_there_is_told_by_its_name(sdk, db):
    told = refusal(sdk().get_index, NONE)

    assert (told.http_status, told.code) == (404, "NotFound.NoSuchIndex")
    assert NONE in told.message
    assert refusal(sdk().search, "no-such", "*").code == "NotFound.NoSuchIndex"


def test_a_lacking_role_is_told_with_what_to_do(sdk, index, charlie):
    told = refusal(sdk(charlie).update_index, index.pk, display_name="Mine")

    assert (told.http_status, told.code) == (403, "Forbidden.Generic")
    assert differences(told.raw_json, fixture("update_index", "forbidden")) == []
    assert told.error_data.keys() >= {"cause", "recommended_resolution"}


def test_nobody_is_asked_who_they_are(sdk, index):
    told = refusal(sdk().ingest, index.pk, {})

    assert (told.http_status, told.code) == (401, "Unauthorized.Generic")
    assert told.headers["WWW-Authenticate"] == "Bearer"


def test_a_token_that_does_not_work_is_not_nobody(server, index):
    from globus_sdk import AccessTokenAuthorizer, SearchClient

    client = SearchClient(authorizer=AccessTokenAuthorizer("rubbish"), base_url=f"{server.url}/api/search/")
    told = refusal(client.search, index.pk, "*")
    client.close()

    assert told.http_status == 401


@pytest.mark.parametrize("case", ["delete_index", "update_index", "ingest", "create_role"])
def test_what_needs_an_open_index_says_so(sdk, index, alice, urn_of, case):
    client = sdk(alice)
    client.delete_index(index.pk)
    calls = {
        "delete_index": lambda: client.delete_index(index.pk),
        "update_index": lambda: client.update_index(index.pk, display_name="x"),
        "ingest": lambda: client.ingest(index.pk, {}),
        "create_role": lambda: client.create_role(index.pk, {"role_name": "writer", "principal": urn_of(alice)}),
    }
    like = fixture("delete_index", "delete_pending")

    told = refusal(calls[case])

    assert differences(told.raw_json, like) == []
    assert (told.http_status, told.code, told.message) == (409, like["code"], like["message"])


def test_an_open_index_cannot_be_reopened(sdk, index, alice):
    like = fixture("reopen_index", "already_open")

    told = refusal(sdk(alice).reopen_index, index.pk)

    assert (told.http_status, told.code, told.message) == (409, like["code"], like["message"])


def test_too_many_roles_is_a_limit(sdk, index, alice, monkeypatch, urn_of, bob):
    monkeypatch.setattr("apps.search.services.indexes.MAX_ROLES", 1)

    told = refusal(sdk(alice).create_role, index.pk, {"role_name": "writer", "principal": urn_of(bob)})

    assert differences(told.raw_json, fixture("create_index", "trial_limit")) == []
    assert (told.http_status, told.code) == (409, "Conflict.LimitExceeded")


def test_every_fault_of_an_ingest_is_told_at_its_place(sdk, index, alice):
    bad = {"ingest_type": "GMetaList", "ingest_data": {"gmeta": [{"subject": "a", "content": {}}, {"visible_to": "b"}]}}

    told = refusal(sdk(alice).ingest, index.pk, bad)

    assert (told.http_status, told.code) == (400, "BadRequest.ValidationError")
    entries = told.error_data["messages"]["json"]["ingest_data"]["gmeta"]
    assert entries["0"] == {"visible_to": ["Missing data for required field."]}
    assert entries["1"].keys() == {"subject", "visible_to", "content"}


def test_a_query_that_is_wrong_is_told_at_its_place(sdk, index):
    told = refusal(sdk().post_search, index.pk, {"q": "*", "facets": [{"field_name": "a", "type": "trems"}]})

    assert (told.http_status, told.code) == (400, "BadRequest.ValidationError")
    assert "facets.0.type" in told.message
    assert "terms" in told.error_data["messages"]["json"]["facets"]["0"]["type"][0]


def test_an_advanced_text_that_is_wrong_is_told(sdk, index):
    told = refusal(sdk().search, index.pk, "title:(unfinished", advanced=True)

    assert (told.http_status, told.code.partition(".")[0]) == (400, "BadRequest")


def test_what_is_none_of_the_addresses_is_told_in_the_same_shape(sdk, index, alice):
    assert refusal(sdk(alice).get, f"/v1/index/{index.pk}/nothing").http_status == 404
    assert refusal(sdk(alice).put, f"/v1/index/{index.pk}/ingest", data={}).http_status == 405
    assert refusal(sdk(alice).get_task, NONE).http_status == 404
    assert refusal(sdk(alice).delete_role, index.pk, "MDMw").http_status == 404
