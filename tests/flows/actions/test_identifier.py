"""Flows make identifiers, once each, in the name of those who may."""

import uuid

import pytest
from django.utils import timezone

from apps.common.errors import Unavailable
from apps.flows.actions.identifier.providers import Identifiers
from apps.flows.models import Identifier
from apps.flows.types import Order
from tests.flows.datacite_fake import datacite as fake

pytestmark = pytest.mark.django_db
METADATA = {"titles": [{"title": "Lysozyme"}], "publisher": "Facility", "publicationYear": 2026}


def act(**parameters):
    url = "http://127.0.0.1:8000/api/actions/identifier"
    return {"Name": {"Type": "Action", "ActionUrl": url, "Parameters": parameters, "ResultPath": "$.id", "End": True}}


def order(alice, request_id="", **body):
    request_id = request_id or str(uuid.uuid4())
    return Order(id="1", request_id=request_id, body=body, actor=alice, creator="urn:x", now=timezone.now())


@pytest.fixture(autouse=True)
def _anybody_may(settings):
    settings.MINTERS = ["all_authenticated_users"]


@pytest.fixture
def datacite(settings):
    settings.DATACITE_PREFIX, settings.DATACITE_USERNAME, settings.DATACITE_PASSWORD = "10.5072", "FAC.LAB", "sesame"
    with fake("FAC.LAB", "sesame") as server:
        settings.DATACITE_URL = f"http://127.0.0.1:{server.server_port}"
        yield server


def test_a_name_of_the_portals_own_leads_where_it_is_told(run_of, client):
    run = run_of(act(url="https://example.org/run-1", metadata=METADATA))

    told = run.output["id"]["details"]
    answer = client.get(f"/id/{told['identifier']}/")

    assert (run.status, told["state"]) == ("SUCCEEDED", "findable")
    assert (answer.status_code, answer["Location"]) == (302, "https://example.org/run-1")


def test_a_reserved_name_leads_nowhere_yet(run_of, client):
    told = run_of(act(operation="reserve", url="https://example.org/secret")).output["id"]["details"]

    assert told["state"] == "draft"
    assert client.get(f"/id/{told['identifier']}/").status_code == 404


def test_who_was_not_named_makes_none(run_of, settings, bob):
    settings.MINTERS = []

    run = run_of(act(url="https://example.org/run-1"), actor=bob, roles={"starter": ["all_authenticated_users"]})

    assert (run.error_name, Identifier.objects.count()) == ("ActionUnableToRun", 0)
    assert "VITRINE_MINTERS" in run.error_cause


def test_a_doi_goes_from_reserved_to_findable_to_hidden(datacite, run_of):
    reserved = run_of(act(operation="reserve", metadata=METADATA)).output["id"]["details"]
    doi = reserved["identifier"]
    assert (reserved["state"], datacite.dois[doi]["titles"]) == ("draft", METADATA["titles"])

    published = run_of(act(operation="publish", identifier=doi, url="https://example.org/1")).output["id"]["details"]
    hidden = run_of(act(operation="hide", identifier=doi)).output["id"]["details"]

    assert (published["state"], published["link"]) == ("findable", f"https://doi.org/{doi}")
    assert hidden["state"] == "registered"


def test_a_doi_that_is_asked_for_twice_is_one(datacite, alice):
    request_id = str(uuid.uuid4())
    asked = order(alice, request_id, service="datacite", url="https://example.org/1", metadata=METADATA)

    first, second = Identifiers().begin(asked), Identifiers().begin(asked)

    assert first.details == second.details
    assert [method for method, _ in datacite.calls].count("POST") == 1


def test_a_draft_is_given_back_and_a_published_one_is_not(datacite, run_of):
    draft = run_of(act(operation="reserve")).output["id"]["details"]["identifier"]
    public = run_of(act(url="https://example.org/1")).output["id"]["details"]["identifier"]

    assert run_of(act(operation="delete", identifier=draft)).status == "SUCCEEDED"
    assert run_of(act(operation="delete", identifier=public)).status == "FAILED"
    assert list(datacite.dois) == [public]


def test_datacite_that_is_down_is_asked_again(datacite, alice, start, carry, clock):
    datacite.is_down = True
    with pytest.raises(Unavailable):
        Identifiers().begin(order(alice, operation="reserve"))
    run = carry(start(act(operation="reserve")))

    datacite.is_down = False
    clock.forward(30)

    assert (run.status, carry(run).status) == ("ACTIVE", "SUCCEEDED")


def test_the_hosted_way_to_mint_uses_the_account_that_it_is_given(datacite, run_of):
    attributes = {"doi": "10.5072/ap-test", "url": "https://example.org/1", **METADATA}
    url = "https://actions.globus.org/datacite/mint/basic_auth"

    def mint(password):
        parameters = {"username": "FAC.LAB", "password": password, "Doi": {"type": "dois", "attributes": attributes}}
        return run_of({"Mint": {"Type": "Action", "ActionUrl": url, "Parameters": parameters, "End": True}})

    assert (mint("wrong").status, mint("sesame").status) == ("FAILED", "SUCCEEDED")
    assert datacite.dois["10.5072/ap-test"]["state"] == "findable"
