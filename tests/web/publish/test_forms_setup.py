"""A shipped form is set up on one page: index, collection, who submits, who reviews; and opened."""

import pytest

from apps.publish import services as publish
from tests.publish.conftest import urn
from tests.web.flows.conftest import text

PAGE = "/publish/forms/image-collection/"


@pytest.fixture
def shipped(db, published):
    publish.install_forms()


@pytest.fixture
def sent(index, archive, team_urn, charlie):
    return {
        "index": str(index.pk),
        "collection": str(archive.pk),
        "identifier": "none",
        "submitter": [team_urn],
        "reviewer": [urn(charlie)],
    }


def form(actor):
    return publish.get_form("image-collection", actor=actor)


def test_it_is_opened_for_those_who_were_chosen(shipped, browser, dana, alice, charlie, sent):
    assert browser(dana).post(f"{PAGE}setup/", {**sent, "do": "open"})["Location"] == PAGE

    told = form(dana)
    assert (told.is_open, told.publisher) == (True, dana)
    assert publish.principals_with(told.resource, "submitter") == sent["submitter"]
    assert publish.principals_with(told.resource, "reviewer") == sent["reviewer"]
    assert [card.title for card in browser(alice).get("/publish/").context["cards"]] == ["Image collection"]
    assert browser(charlie).get("/publish/").context["cards"] == []


def test_without_an_index_or_a_collection_for_its_files_it_stays_closed(shipped, browser, dana, sent):
    for name in ("index", "collection"):
        answer = browser(dana).post(f"{PAGE}setup/", {**sent, name: "", "do": "open"})

        assert (answer.status_code, "cannot be opened yet" in text(answer)) == (409, True)
    assert not form(dana).is_open


def test_what_is_wrong_is_told_at_its_place_and_nothing_is_lost(shipped, browser, dana, sent):
    answer = browser(dana).post(f"{PAGE}setup/", {**sent, "collection": "none", "do": "save"})

    errors = {group.name: group.error for group in answer.context["groups"] if group.error}
    assert (answer.status_code, list(errors)) == (400, ["collection"])
    ticked = [[one.value for one in group.options if one.is_chosen] for group in answer.context["people"]]
    assert ticked == [sent["submitter"], sent["reviewer"]]


def test_looking_for_a_name_saves_nothing(shipped, browser, dana, sent):
    answer = browser(dana).post(f"{PAGE}setup/", {**sent, "find": "bob", "do": "find"})

    assert answer.status_code == 200
    assert "index" not in form(dana).version.document
    assert publish.principals_with(form(dana).resource, "submitter") == []


def test_nobody_is_let_in_who_has_no_name(shipped, browser, dana, sent):
    refused = {**sent, "submitter": ["public", "bob"], "reviewer": ["all_authenticated_users", "public"]}
    browser(dana).post(f"{PAGE}setup/", {**refused, "do": "save"})

    assert publish.principals_with(form(dana).resource, "submitter") == []
    assert publish.principals_with(form(dana).resource, "reviewer") == []


def test_opening_what_is_not_set_up_leads_to_the_page_that_does(shipped, browser, dana):
    assert browser(dana).post(f"{PAGE}open/", {"open": "yes"})["Location"] == f"{PAGE}setup/"


@pytest.mark.parametrize("who", ["alice", "charlie"])
def test_others_may_only_copy_it(shipped, browser, request, who, sent):
    client = browser(request.getfixturevalue(who))

    assert client.post(f"{PAGE}setup/", {**sent, "do": "open"}).status_code == 403
    assert client.post(f"{PAGE}open/", {"open": "yes"}).status_code == 403
    assert "Image collection" in [line.title for line in client.get("/publish/forms/").context["models"]]
    assert (
        "Copy of Image collection" in client.get("/publish/forms/new/?from=image-collection").context["asked"]["text"]
    )
