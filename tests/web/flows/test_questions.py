"""A person decides: those whom a run asks answer on a page, once, and the run goes on."""

import pytest

from apps.access.types import identity_urn
from apps.accounts import services as accounts
from apps.flows.models import Run, WebInput
from apps.web.flows.signs import Sign
from tests.web.flows.conftest import text

pytestmark = pytest.mark.django_db
OPTIONS = [{"name": "Keep", "description": "all images", "completed_message": "They are kept."}, {"name": "Delete"}]
FORM = {"type": "object", "properties": {"rate": {"type": "number", "title": "Rate"}}, "required": ["rate"]}


def urn(user):
    return identity_urn(accounts.identities_of(user)[0].pk)


def ask(name, **parameters):
    body = {"Type": "Action", "ActionUrl": f"/api/actions/{name}", "Parameters": parameters}
    return {"Ask": {**body, "ResultPath": "$.told", "End": True}}


@pytest.fixture
def question(run_of, alice, bob):
    """Alice's run asks Bob."""

    def made(name="user/selection", **parameters):
        run = run_of(ask(name, title="Which images?", respondents=[urn(bob)], viewers=[urn(alice)], **parameters))
        return run, f"/flows/inputs/{WebInput.objects.get(action__run=run).pk}/"

    return made


def test_it_is_there_for_those_who_are_asked_and_found_on_their_list(question, browser, alice, bob, charlie):
    _, page = question(options=OPTIONS)

    assert [browser(who).get(page).status_code for who in (alice, bob, charlie, None)] == [200, 200, 404, 302]
    assert [browser(who).get("/flows/").context["questions"] for who in (bob, charlie, None)] == [1, 0, 0]
    listed = [browser(who).get("/flows/inputs/").context["waiting"] for who in (bob, charlie)]
    assert [[line.is_yours for line in lines] for lines in listed] == [[True], []]


def test_an_option_is_chosen_with_a_reason_and_the_run_goes_on(question, carry, browser, bob):
    run, page = question(options=OPTIONS, takes_comment=True)
    keep = browser(bob).get(page).context["options"][0]

    answered = browser(bob).post(page, {"option": str(keep.pk), "comment": "Good ones."}, follow=True)
    run = carry(run)

    assert "They are kept." in text(answered)
    assert "Good ones." in text(answered)
    assert (run.status, run.output["told"]["details"]["selected"]["name"]) == (Run.Status.SUCCEEDED, "Keep")


def test_what_was_answered_cannot_be_answered_again(question, browser, bob):
    _, page = question(options=OPTIONS)
    keep, delete = browser(bob).get(page).context["options"]
    browser(bob).post(page, {"option": str(keep.pk)})

    again = browser(bob).post(page, {"option": str(delete.pk)}, follow=True)

    assert "Somebody has answered already." in text(again)
    assert again.context["chosen"] == keep


@pytest.mark.parametrize("option", ["", "x", "00000000-0000-4000-8000-000000000000"])
def test_what_is_no_option_is_told(question, browser, bob, option):
    _, page = question(options=OPTIONS)

    refused = browser(bob).post(page, {"option": option})

    assert (refused.status_code, "Choose one of the options." in text(refused)) == (400, True)


def test_who_may_only_see_it_does_not_answer(question, browser, alice):
    _, page = question(options=OPTIONS)
    keep = browser(alice).get(page).context["options"][0]

    assert browser(alice).get(page).context["may_answer"] is False
    assert browser(alice).post(page, {"option": str(keep.pk)}).status_code == 403


def test_a_form_is_filled_and_told_what_is_wrong_with_it(question, carry, browser, bob):
    run, page = question("user/form", schema=FORM)

    wrong = browser(bob).post(page, {"input/rate": "much", "do": "answer"})
    right = browser(bob).post(page, {"input/rate": "2.5", "do": "answer"})

    assert (wrong.status_code, "Write a number" in text(wrong)) == (400, True)
    assert right.status_code == 302
    assert carry(run).output["told"]["details"]["response"] == {"rate": 2.5}


def test_the_links_of_the_hosted_service_lead_to_it_and_choose_nothing(run_of, mine, browser, charlie):
    options = [{"name": "Yes", "url_suffix": "yes-1"}, {"name": "No", "url_suffix": "no-1"}]
    run_of(ask("weboption/wait_for_option", landing_page={"url_suffix": "look-1"}, options=options))
    page = f"/flows/inputs/{WebInput.objects.get().pk}/"

    assert mine.get("/flows/landing/look-1/").headers["Location"] == page
    shown = mine.get("/flows/options/no-1/", follow=True)
    assert "checked> <span>No" in text(shown)
    assert WebInput.objects.get().is_open
    assert browser(charlie).get("/flows/options/no-1/").status_code == 404


def test_the_page_of_a_run_leads_to_what_it_asks(question, mine):
    run, page = question(options=OPTIONS)

    shown = mine.get(f"/flows/runs/{run.pk}/")

    assert page in text(shown)
    assert [line.sign for line in shown.context["graph"].lines] == [Sign.WAITING]
