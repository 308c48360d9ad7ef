"""A question of a run is answered on a page, by those who are asked."""

import pytest
from django.core import mail

from apps.access.types import group_urn
from apps.flows.models import WebInput
from tests.web.flows.conftest import text

pytestmark = pytest.mark.django_db
SELECT, FORM = (f"http://127.0.0.1:8000/api/actions/user/{name}" for name in ("selection", "form"))


def asked(url, **parameters):
    return {"Ask": {"Type": "Action", "ActionUrl": url, "Parameters": parameters, "ResultPath": "$.said", "End": True}}


@pytest.fixture
def question(start, carry, team):
    options = [{"name": "Publish", "completed_message": "It is on its way."}, {"name": "Reject"}]
    parameters = {"title": "Is it good?", "text": "See the hit map.", "options": options, "takes_comment": True}
    run = carry(start(asked(SELECT, **parameters, respondents=[group_urn(team.pk)])))
    return WebInput.objects.get(action__run=run)


def page_of(question):
    return f"/flows/inputs/{question.pk}/"


def test_an_option_is_chosen_on_the_page_that_the_mail_names(question, browser, bob, carry):
    assert page_of(question) in mail.outbox[0].body
    seen = browser(bob).get(page_of(question))
    reject = question.options.get(name="Reject")

    answer = browser(bob).post(page_of(question), {"option": str(reject.pk), "comment": "too few"}, follow=True)

    assert "See the hit map." in text(seen)
    assert "Bob answered: <b>Reject</b>" in text(answer)
    assert carry(question.action.run).output["said"]["details"]["comment"] == "too few"


def test_what_an_option_says_to_whoever_chose_it_is_said(question, browser, alice):
    publish = question.options.get(name="Publish")

    answer = browser(alice).post(page_of(question), {"option": str(publish.pk)}, follow=True)

    assert "It is on its way." in text(answer)


def test_nothing_chosen_is_said_so(question, browser, alice):
    answer = browser(alice).post(page_of(question), {})

    assert answer.status_code == 400
    assert "Choose one of the options." in text(answer)


def test_who_was_slower_is_told_so(question, browser, alice, bob):
    yes, no = question.options.all()
    browser(alice).post(page_of(question), {"option": str(yes.pk)})

    answer = browser(bob).post(page_of(question), {"option": str(no.pk)}, follow=True)

    assert "Somebody has answered already." in text(answer)
    assert "Alice answered: <b>Publish</b>" in text(answer)


def test_a_stranger_sees_no_question_and_nobody_signs_in_first(question, browser, charlie):
    assert browser(charlie).get(page_of(question)).status_code == 404
    assert "Is it good?" not in text(browser(charlie).get("/flows/inputs/"))
    refused = browser().get(page_of(question))
    assert (refused.status_code, "Sign in" in text(refused)) == (401, True)


def test_what_waits_stands_in_a_list(question, browser, bob):
    listed = text(browser(bob).get("/flows/inputs/"))

    assert page_of(question) in listed
    assert "Answer" in listed


def test_a_form_is_filled_on_the_page(start, carry, browser, alice):
    schema = {"type": "object", "properties": {"title": {"type": "string", "minLength": 3}}, "required": ["title"]}
    run = carry(start(asked(FORM, title="Describe it", schema=schema)))
    page = page_of(WebInput.objects.get())
    refused = browser(alice).post(page, {"do": "answer", "input/title": "x"})
    assert refused.status_code == 400

    browser(alice).post(page, {"do": "answer", "input/title": "Lysozyme"})

    assert carry(run).output["said"]["details"]["response"] == {"title": "Lysozyme"}


def test_a_link_of_the_hosted_service_leads_to_its_option(start, carry, browser, alice, charlie):
    options = [{"name": "Go", "url_suffix": "go-1"}, {"name": "Stay", "url_suffix": "stay-1"}]
    carry(start(asked("https://actions.globus.org/weboption/wait_for_option", options=options)))
    question = WebInput.objects.get()
    go = question.options.get(name="Go")

    answer = browser(alice).get("/weboption/option/go-1/")

    assert answer["Location"] == f"{page_of(question)}?option={go.pk}"
    assert f'value="{go.pk}"' in text(browser(alice).get(answer["Location"]))
    assert browser(charlie).get("/weboption/option/go-1/").status_code == 404
