"""The pages of forms: everybody finds what they may publish with, and administrators all that a form is made of."""

import json

import pytest

from apps.publish import services as publish
from apps.publish.errors import NoSuchForm
from tests.publish.conftest import urn
from tests.web.flows.conftest import text

PAGES = ("setup", "people", "versions", "edit", "delete")
PAGE = "/publish/forms/runs/"


def statuses(client, *pages):
    return {client.get(f"{PAGE}{page}/").status_code for page in pages}


def test_what_one_may_publish_with_is_on_the_first_page(make_form, browser, alice, charlie, team_urn, document):
    make_form(submitters=[team_urn], description="One chip each.")

    shown = browser(alice).get("/publish/")
    assert [(card.title, card.description, card.url) for card in shown.context["cards"]] == [
        ("Runs", "One chip each.", "/publish/runs/new/")
    ]
    assert browser(charlie).get("/publish/").context["cards"] == []
    assert browser().get("/publish/")["Location"] == "/account/login/?next=/publish/"


def test_what_one_wrote_last_is_beside_it(draft, browser, alice, bob):
    assert [line.name for line in browser(alice).get("/publish/").context["lines"]] == ["Lysozyme on a chip"]
    assert browser(bob).get("/publish/").context["lines"] == []


def test_a_closed_form_is_not_among_them(form, browser, dana, alice):
    browser(dana).post(f"{PAGE}open/", {"open": "no"})
    assert browser(alice).get("/publish/").context["cards"] == []

    browser(dana).post(f"{PAGE}open/", {"open": "yes"})
    assert len(browser(alice).get("/publish/").context["cards"]) == 1


def test_what_a_form_is_made_of_is_for_its_administrators(form, browser, dana, alice, index):
    mine, hers = text(browser(dana).get(PAGE)), text(browser(alice).get(PAGE))

    assert statuses(browser(dana), *PAGES) == {200}
    assert statuses(browser(alice), *PAGES) == {403}
    assert browser(alice).get(f"{PAGE}export.json").status_code == 403
    for secret in (str(index.pk), "Who may what", "/{sample.protein}/{id}"):
        assert (secret in mine, secret in hers) == (True, False)
    assert "Publish with it" in hers


def test_strangers_and_nobody_learn_nothing_of_a_form(make_form, browser, charlie, team_urn):
    make_form(submitters=[team_urn])

    assert statuses(browser(charlie), *PAGES) == {404}
    told = [text(browser(charlie).get(page)) for page in (PAGE, "/publish/forms/", "/publish/")]
    assert not any("Runs" in one for one in told)
    assert statuses(browser(), *PAGES) == {302}


def test_the_header_leads_there_who_takes_part(make_form, browser, alice, bob, charlie, team_urn):
    def labels(client):
        return [place.label for place in client.get("/collections/").context["places"]]

    make_form(submitters=[team_urn], reviewers=[])

    assert "Publish" in labels(browser(alice))
    assert "Publish" in labels(browser(bob))
    assert "Publish" not in labels(browser(charlie))
    assert "Publish" not in labels(browser())


def test_a_role_is_given_by_name_and_taken_back(form, browser, dana, charlie):
    client = browser(dana)
    [found] = client.get(f"{PAGE}people/", {"find": "charlie@"}).context["candidates"] or [None]
    assert found is None or found.detail == urn(charlie)

    client.post(f"{PAGE}people/", {"role": "reviewer", "principal": urn(charlie)})
    assert publish.principals_with(form.resource, "reviewer") == [urn(charlie)]
    client.post(f"{PAGE}people/", {"role": "reviewer", "principal": urn(charlie), "remove": "yes"})
    assert publish.principals_with(form.resource, "reviewer") == []


@pytest.mark.parametrize(
    "sent",
    [
        {"role": "owner", "principal": "all_authenticated_users"},
        {"role": "reviewer", "principal": "all_authenticated_users"},
        {"role": "submitter", "principal": "public"},
        {"role": "submitter", "principal": "bob"},
        {},
    ],
)
def test_a_role_that_cannot_be_given_is_not(form, browser, dana, sent):
    before = publish.export_form(form, actor=dana)

    assert browser(dana).post(f"{PAGE}people/", sent).status_code == 400
    assert publish.export_form(form, actor=dana) == before


def test_versions_are_told_with_their_differences(form, browser, dana, document):
    told = publish.FormChanges(document={**document, "title": "Chips"}, note="A better word")
    publish.change_form(form=form, actor=dana, told=told)

    shown = browser(dana).get(f"{PAGE}versions/")

    assert [(one.version.number, one.version.note, one.made_by) for one in shown.context["lines"]] == [
        (2, "A better word", "dana@vitrine.local"),
        (1, "", "dana@vitrine.local"),
    ]
    assert {(one.sign, one.text.strip()) for one in shown.context["changes"] if one.sign} == {
        ("-", '"title": "Runs",'),
        ("+", '"title": "Chips",'),
    }


def test_it_is_exported_and_brought_in_again(form, browser, dana, alice):
    told = browser(dana).get(f"{PAGE}export.json")
    assert told["Content-Disposition"] == 'attachment; filename="form-runs.json"'

    answer = browser(alice).post("/publish/forms/import/", {"text": told.content.decode()})

    assert answer["Location"] == "/publish/forms/runs-2/setup/"
    assert (
        publish.get_form("runs-2", actor=alice).version.document["schema"]
        == json.loads(told.content)["document"]["schema"]
    )


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ("", "Choose a file first"),
        ("{", "alert"),
        ("[]", "This is no form"),
        ('{"title": "x", "schema": {"type": "string"}}', "<code>/schema/type</code>"),
    ],
)
def test_what_cannot_be_brought_in_says_why(browser, alice, sent, words):
    answer = browser(alice).post("/publish/forms/import/", {"text": sent})

    assert (answer.status_code, words in text(answer)) == (400, True)


def test_a_deleted_form_is_gone(form, browser, dana):
    assert browser(dana).post(f"{PAGE}delete/")["Location"] == "/publish/forms/"

    with pytest.raises(NoSuchForm):
        publish.get_form("runs", actor=dana)
    assert browser(dana).get(PAGE).status_code == 404
