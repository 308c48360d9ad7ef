"""Metadata is ingested, removed and asked for by flows, in the name of who runs them."""

import uuid

import pytest
from django.utils import timezone

from apps.flows.actions.search import SearchIngest
from apps.flows.models import Action
from apps.flows.types import Order
from apps.search import ingest
from apps.search.models import Task
from tests.search.conftest import entry, find, index, put

__all__ = ["find", "index", "put"]
pytestmark = pytest.mark.django_db
INGEST = "https://actions.globus.org/search/ingest"


def action(url, **parameters):
    return {"Act": {"Type": "Action", "ActionUrl": url, "Parameters": parameters, "ResultPath": "$.done", "End": True}}


def one_entry(index, **more):
    return {"search_index": str(index.pk), "subject": "run-1", "visible_to": ["public"], "content": {"a": 1}, **more}


def test_an_ingest_ends_when_the_metadata_can_be_found(index, start, carry, find, django_capture_on_commit_callbacks):
    run = carry(start(action(INGEST, **one_entry(index))))
    assert (run.status, find()) == ("ACTIVE", [])

    with django_capture_on_commit_callbacks(execute=True):
        ingest.drain(index.pk, clock=timezone.now)
    run = carry(run)

    assert (run.status, find()) == ("SUCCEEDED", ["run-1"])
    assert run.output["done"]["details"]["state"] == "SUCCESS"


def test_one_who_may_not_write_puts_nothing_in(index, start, carry, charlie):
    run = carry(
        start(action(INGEST, **one_entry(index)), actor=charlie, roles={"starter": ["all_authenticated_users"]})
    )

    assert (run.status, run.error_name) == ("FAILED", "ActionUnableToRun")
    assert Task.objects.count() == 0


def test_an_ingest_that_is_begun_twice_is_one(index, alice):
    order = Order(
        id="1", request_id=str(uuid.uuid4()), body=one_entry(index), actor=alice, creator="", now=timezone.now()
    )

    first, second = SearchIngest().begin(order), SearchIngest().begin(order)

    assert first.memo == second.memo
    assert Task.objects.count() == 1


def test_what_is_no_entry_is_told_with_its_place(index, run_of):
    run = run_of(action(INGEST, **one_entry(index, subject="")))

    assert (run.status, run.error_name) == ("FAILED", "ActionUnableToRun")
    assert "subject" in run.error_cause


def test_a_subject_is_taken_out(index, put, start, carry, find, django_capture_on_commit_callbacks):
    put(entry("run-1"), entry("run-2"))

    run = carry(start(action("https://actions.globus.org/search/delete/", search_index=str(index.pk), subject="run-1")))
    with django_capture_on_commit_callbacks(execute=True):
        ingest.drain(index.pk, clock=timezone.now)

    assert (carry(run).status, find()) == ("SUCCEEDED", ["run-2"])


def test_a_query_finds_what_who_runs_the_flow_may_see(index, put, run_of, charlie):
    put(entry("open"), entry("shut", visible_to=f"urn:globus:groups:id:{uuid.uuid4()}"))
    asked = action("http://127.0.0.1:8000/api/actions/search/query", search_index=str(index.pk), query={"q": "*"})

    run = run_of(asked, actor=charlie, roles={"starter": ["all_authenticated_users"]})

    assert [one["subject"] for one in run.output["done"]["details"]["gmeta"]] == ["open"]
    assert Action.objects.get(run=run).status == "SUCCEEDED"
