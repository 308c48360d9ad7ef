"""Field by field a draft's page says who will see what is written there."""

import pytest
from bs4 import BeautifulSoup

from apps.publish import services as publish
from tests.web.publish.test_drafts import fields, send, url

LATER = "Everyone, from 1 May 2999"


def seen(answer):
    """What is said of the record, and of the notes; and the marks of the fields that say nothing else."""
    page = BeautifulSoup(answer.content, "lxml")
    record = {one.get_text(strip=True) for one in page.select('[data-audience=""]:not(.mark)')}
    notes = page.find(id="input/notes?who").get_text(strip=True)
    return record, notes, {one["title"] for one in page.select(".mark [title]")}


def test_each_field_says_who_will_see_it(mine, draft):
    assert seen(mine.get(url(draft))) == ({"Everyone"}, "Team and its authors", {"Everyone"})


@pytest.mark.parametrize(
    ("choice", "embargo", "words"),
    [
        ("team", "", "Team and its authors"),
        ("authors", "", "Only its authors"),
        ("public", "2999-05-01", LATER),
        ("team", "2999-05-01", "Team and its authors, from 1 May 2999"),
        ("authors", "2999-05-01", "Only its authors"),
        ("public", "some day", "Everyone"),
        ("nowhere", "2999-05-01", "Nobody yet"),
    ],
)
def test_it_follows_the_choice_on_the_page_and_after_a_save(mine, draft, choice, embargo, words):
    looked = mine.post(
        url(draft), {**fields(mine.get(url(draft))), "choice": choice, "embargo": embargo, "do": "look:x"}
    )
    send(mine, draft, choice=choice, embargo=embargo)

    assert seen(looked) == ({words}, "Team and its authors", {words})
    if choice != "nowhere":
        assert seen(mine.get(url(draft))) == seen(looked)


def test_reviewers_are_called_so_and_a_group_of_others_has_no_name(
    browser, make_form, alice, bob, charlie, team_urn, team
):
    restricted = {"team": {"title": "Notes", "visible_to": ["authors", "reviewers"]}}
    choices = [{"name": "team", "title": "The team", "visible_to": [team_urn]}]
    form = make_form(restricted=restricted, visibility={"choices": choices})
    draft = publish.begin_draft(form=form, actor=charlie)

    record, notes, _ = seen(send(browser(charlie), draft, do="look:x", choice="team"))

    assert (record, notes) == ({"1 group and its authors"}, "Only its authors and reviewers")


def test_what_each_choice_means_stands_in_the_page_for_its_script(mine, draft):
    page = BeautifulSoup(mine.get(url(draft)).content, "lxml")

    told = BeautifulSoup(page.find(id="promises").decode_contents(), "lxml").select("[data-choice]")

    assert [(one["data-choice"], one.get_text(strip=True), one.has_attr("data-waits")) for one in told] == [
        ("", "Nobody yet", False),
        ("public", "Everyone", True),
        ("team", "Team and its authors", True),
        ("authors", "Only its authors", False),
    ]
