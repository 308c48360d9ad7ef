"""OAI-PMH, as the client sickle speaks it."""

from datetime import UTC, datetime

import pytest
from sickle.oaiexceptions import (
    BadArgument,
    BadResumptionToken,
    CannotDisseminateFormat,
    IdDoesNotExist,
    NoRecordsMatch,
)

from apps.access.types import group_urn
from apps.search import services as search
from apps.web.harvest import verbs
from apps.web.harvest.records import stamp
from tests.web.conftest import entry

NAME = "oai:127.0.0.1:crystals/{}"
PUBLIC_ONES = [NAME.format(subject) for subject in ("a", "b%2F%C3%A9%20%3F", "c")]


def names(found):
    return [getattr(one, "header", one).identifier for one in found]


def test_it_says_what_it_is(oai, spread, settings):
    told = oai.Identify()

    assert (told.repositoryName, told.protocolVersion, told.deletedRecord) == ("Vitrine", "2.0", "transient")
    assert told.baseURL == f"{settings.PUBLIC_URL}/oai"
    assert (told.granularity, told.earliestDatestamp) == ("YYYY-MM-DDThh:mm:ssZ", min(spread))


def test_sets_are_the_indexes_that_everybody_may_see(oai, shelf):
    assert [(one.setSpec, one.setName) for one in oai.ListSets()] == [("crystals", "Crystals")]


def test_every_format_is_told(oai, shelf):
    assert [one.metadataPrefix for one in oai.ListMetadataFormats()] == ["oai_dc", "oai_datacite", "datacite"]
    assert list(oai.ListMetadataFormats(identifier=PUBLIC_ONES[0]))


@pytest.mark.parametrize("prefix", ["oai_dc", "oai_datacite", "datacite"])
@pytest.mark.parametrize("at_once", [1, 2, 100])
def test_all_public_records_are_harvested_whatever_an_answer_holds(oai, shelf, monkeypatch, prefix, at_once):
    monkeypatch.setattr(verbs, "AT_ONCE", at_once)

    assert names(oai.ListRecords(metadataPrefix=prefix)) == PUBLIC_ONES
    assert names(oai.ListIdentifiers(metadataPrefix=prefix, set="crystals")) == PUBLIC_ONES


def test_several_indexes_are_harvested_one_after_another(oai, shelf, put, alice, monkeypatch):
    other = search.create_index(actor=alice, display_name="Others", slug="others")
    put(other, alice, entry("a"), entry("z"))
    monkeypatch.setattr(verbs, "AT_ONCE", 2)

    found = names(oai.ListRecords(metadataPrefix="oai_dc"))

    assert sorted(found) == sorted([*PUBLIC_ONES, "oai:127.0.0.1:others/a", "oai:127.0.0.1:others/z"])
    assert [name for name in found if "crystals" in name] == PUBLIC_ONES


def test_a_record_is_told_in_dublin_core(oai, shelf, settings):
    told = oai.GetRecord(metadataPrefix="oai_dc", identifier=PUBLIC_ONES[1]).metadata

    assert told["title"] == ["Run b/é ?"]
    assert (told["creator"], told["publisher"], told["date"]) == (["Curie, Marie"], ["Glass House"], ["2021"])
    assert told["identifier"] == [f"{settings.PUBLIC_URL}/crystals/detail/b%2F%C3%A9%20%3F/", "b/é ?"]


def test_what_is_restricted_of_a_record_is_not_harvested(oai, shelf):
    for prefix in ("oai_dc", "oai_datacite"):
        assert "zyzzogeton" not in oai.GetRecord(metadataPrefix=prefix, identifier=PUBLIC_ONES[2]).raw


def test_from_and_until_hold_both_ends(oai, spread):
    at = {"metadataPrefix": "oai_dc"}

    assert names(oai.ListIdentifiers(**at, **{"from": spread[1]})) == PUBLIC_ONES[1:]
    assert names(oai.ListIdentifiers(**at, until=spread[1])) == PUBLIC_ONES[:2]
    assert names(oai.ListIdentifiers(**at, **{"from": spread[1], "until": spread[1]})) == PUBLIC_ONES[1:2]
    assert names(oai.ListIdentifiers(**at, **{"from": spread[0][:10]})) == PUBLIC_ONES
    with pytest.raises(NoRecordsMatch):
        oai.ListIdentifiers(**at, until="1999-01-01")


def test_a_subject_of_several_public_entries_comes_once_at_its_newest(oai, spread, put, alice, index):
    put(index, alice, entry("a", entry_id="more", note="later"))

    found = list(oai.ListIdentifiers(metadataPrefix="oai_dc"))

    assert names(found) == [*PUBLIC_ONES[1:], PUBLIC_ONES[0]]
    assert found[-1].datestamp > spread[-1]


def test_a_change_of_what_is_hidden_changes_no_datestamp(oai, spread, put, alice, index, team):
    before = oai.GetRecord(metadataPrefix="oai_dc", identifier=PUBLIC_ONES[2]).header.datestamp
    put(index, alice, entry("c", group_urn(team.id), "notes", note="changed"))

    assert oai.GetRecord(metadataPrefix="oai_dc", identifier=PUBLIC_ONES[2]).header.datestamp == before


def test_a_record_that_is_hidden_later_is_gone(oai, shelf, put, alice, index, team):
    put(index, alice, entry("a", group_urn(team.id)))

    assert names(oai.ListIdentifiers(metadataPrefix="oai_dc")) == PUBLIC_ONES[1:]
    with pytest.raises(IdDoesNotExist):
        oai.GetRecord(metadataPrefix="oai_dc", identifier=PUBLIC_ONES[0])


@pytest.mark.parametrize(
    ("verb", "sent", "error"),
    [
        ("ListRecords", {}, BadArgument),
        ("ListRecords", {"metadataPrefix": "marc"}, CannotDisseminateFormat),
        ("ListRecords", {"metadataPrefix": "oai_dc", "set": "clandestine"}, NoRecordsMatch),
        ("ListRecords", {"metadataPrefix": "oai_dc", "set": "none"}, NoRecordsMatch),
        ("ListRecords", {"metadataPrefix": "oai_dc", "from": "yesterday"}, BadArgument),
        ("ListRecords", {"metadataPrefix": "oai_dc", "from": "2021-13-01"}, BadArgument),
        ("ListRecords", {"metadataPrefix": "oai_dc", "from": "2021-01-02", "until": "2021-01-01"}, BadArgument),
        (
            "ListRecords",
            {"metadataPrefix": "oai_dc", "from": "2021-01-02", "until": "2022-01-01T00:00:00Z"},
            BadArgument,
        ),
        ("ListRecords", {"resumptionToken": "x"}, BadResumptionToken),
        ("ListSets", {"resumptionToken": "x"}, BadResumptionToken),
        ("GetRecord", {"metadataPrefix": "oai_dc", "identifier": NAME.format("quixotrope")}, IdDoesNotExist),
        ("GetRecord", {"metadataPrefix": "oai_dc", "identifier": NAME.format("%00")}, IdDoesNotExist),
        ("GetRecord", {"metadataPrefix": "oai_dc", "identifier": "oai:127.0.0.1:clandestine/a"}, IdDoesNotExist),
        ("GetRecord", {"metadataPrefix": "oai_dc", "identifier": "a"}, IdDoesNotExist),
        ("GetRecord", {"metadataPrefix": "oai_dc"}, BadArgument),
    ],
)
def test_what_is_wrong_is_said_by_the_protocols_name(oai, shelf, verb, sent, error):
    with pytest.raises(error):
        getattr(oai, verb)(**sent)


@pytest.mark.parametrize(
    "query", ["", "verb=Steal", "verb=Identify&verb=Identify", "verb=%00", "verb=Identify&x=1&x=2"]
)
def test_a_question_that_is_none_is_answered_with_an_error(client, shelf, query):
    answer = client.get(f"/oai?{query}")

    assert answer.status_code == 200
    assert b'<error code="bad' in answer.content


def test_a_question_may_be_posted(client, shelf):
    sent = {"verb": "ListIdentifiers", "metadataPrefix": "oai_dc"}

    posted, got = client.post("/oai", sent), client.get("/oai", sent)

    assert posted.content.count(b"<header>") == got.content.count(b"<header>") == 3


def test_who_asks_is_answered_as_nobody(client, shelf, alice, bob):
    sent = {"verb": "ListRecords", "metadataPrefix": "oai_dc"}
    told = client.get("/oai", sent).content

    for who in (alice, bob):
        client.force_login(who)
        seen = client.get("/oai", sent).content
        assert seen.count(b"<record>") == told.count(b"<record>") == 3
        assert b"zyzzogeton" not in seen


def test_dates_of_the_protocol_are_of_utc():
    assert stamp(datetime(2021, 2, 3, 4, 5, 6, 789, tzinfo=UTC)) == "2021-02-03T04:05:06Z"


def test_an_answer_asks_the_database_little_however_many_records_it_has(
    client, index, put, alice, django_assert_max_num_queries
):
    put(index, alice, *(entry(f"s{at:03}") for at in range(150)))

    with django_assert_max_num_queries(10):
        told = client.get("/oai?verb=ListRecords&metadataPrefix=oai_datacite").content

    assert told.count(b"<record>") == 100
