"""Whatever is sent to the Flows API, it is an answer or a refusal in the service's own shape, never a failure."""

import json
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.flows import services as flows
from tests.api.rubbish import BODIES
from tests.flows.api.conftest import NAP, ONE

pytestmark = pytest.mark.django_db
few = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
OF_DOCUMENTS = """
title subtitle description keywords definition input_schema flow_viewers flow_starters flow_administrators flow_owner
run_managers run_monitors subscription_id authentication_policy_id body label tags activity_notification_policy
filters set add remove run_ids status response value comment StartAt States Type Next End
"""
OF_LISTS = """
marker per_page page orderby filter_roles filter_role filter_fulltext filter_title filter_keywords filter_status
filter_scope_string filter_flow_id filter_label filter_tags filter_start_time filter_completion_time limit
reverse_order include_flow_description filter_states filter_run_ids
"""
names, parameters = (st.sampled_from(words.split()) for words in (OF_DOCUMENTS, OF_LISTS))
texts = st.one_of(
    st.text(max_size=8),
    st.sampled_from(["public", "title ASC", "flow_owner", "2027-01-01,", "9" * 5000, "\0", "\ud800", "'", "%", "\\"]),
)
values = st.recursive(
    st.one_of(texts, st.integers(), st.floats(), st.booleans(), st.none()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(names, inner, max_size=4)),
    max_leaves=10,
)
documents = st.dictionaries(names, values, max_size=6)


def holds(answer):
    assert answer.status_code < 500, answer.content
    if answer.status_code >= 400:
        said = answer.json()
        assert set(said) >= {"error", "debug_id"}
        assert isinstance(said["error"]["code"], str)
        detail = said["error"]["detail"]
        assert isinstance(detail, str) or all(set(one) == {"loc", "msg", "type"} for one in detail)


@pytest.fixture
def send(api, alice, make_flow):
    """Send a body to each door that takes one."""
    flow = make_flow(NAP["States"])
    run = flows.start_run(flow=flow, actor=alice, input={})
    doors = [("POST", "flows"), ("POST", "flows/validate"), ("PUT", f"flows/{flow.pk}"), ("POST", "batch/runs")]
    doors += [("POST", f"flows/{flow.pk}/run"), ("POST", f"flows/{flow.pk}/validate_run"), ("PUT", f"runs/{run.pk}")]
    client = api(alice)

    def send(body):
        for method, path in doors:
            holds(client.generic(method, f"/api/flows/{path}", body, content_type="application/json"))

    return send


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_what_is_no_document_is_refused(send, body):
    send(body)


@few
@given(document=documents)
def test_no_document_makes_it_fail(send, document):
    send(json.dumps(document))


@few
@given(changed=documents)
def test_no_document_that_is_nearly_right_makes_it_fail(send, changed):
    send(json.dumps({"title": "x", "definition": ONE, "input_schema": {}} | changed))
    send(json.dumps({"body": {}} | changed))


@few
@given(pairs=st.lists(st.tuples(parameters, texts), max_size=5))
def test_no_question_makes_it_fail(api, alice, pairs):
    query = urlencode(pairs, errors="surrogatepass")

    for path in ("flows", "runs", "web_inputs", "registered_apis"):
        holds(api(alice).get(f"/api/flows/{path}?{query}"))


@few
@given(name=st.text(st.characters(exclude_categories=["Cc"], exclude_characters="./"), min_size=1, max_size=20))
def test_no_address_makes_it_fail(api, alice, name):
    word = quote(name, safe="", errors="surrogatepass")

    for path in (f"flows/{word}", f"runs/{word}", f"runs/{word}/log", f"web_inputs/{word}", f"{word}/x"):
        holds(api(alice).get(f"/api/flows/{path}"))
        holds(api(alice).post(f"/api/flows/{path}", {}, format="json"))


@pytest.mark.parametrize("word", ["a\0b", "\ud800", "x" * 300, "", " ", "\n", "é"])
def test_a_run_with_rare_signs_ends_and_is_told(ask, make_flow, alice, carry, word):
    fails = {"Type": "Fail", "ErrorPath": "$.word", "CausePath": "$.word"}
    flow = make_flow({"Oops": fails}, QueryLanguage="JSONPath")
    run = flows.start_run(flow=flow, actor=alice, input={"word": word})

    assert carry(run).status == "FAILED"
    assert ask(alice, "GET", f"runs/{run.pk}")["status"] == "FAILED"
    assert ask(alice, "GET", f"runs/{run.pk}/log")["entries"][-1]["code"] == "FlowFailed"
