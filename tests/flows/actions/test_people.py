"""A run waits for a person, and goes on with what they say."""

import pytest
from django.core import mail

from apps.access.types import group_urn, identity_urn
from apps.accounts import services as accounts
from apps.common.errors import NotAllowed
from apps.flows import services as flows
from apps.flows.errors import InvalidInput, NoSuchInput, StateConflict
from apps.flows.models import WebInput
from tests.flows.conftest import codes

pytestmark = pytest.mark.django_db


def asked(url, **parameters):
    return {"Ask": {"Type": "Action", "ActionUrl": url, "Parameters": parameters, "ResultPath": "$.said", "End": True}}


def urn(user):
    return identity_urn(accounts.identity_ids_of(user)[0])


@pytest.fixture
def question(start, carry, team):
    """Whether to publish; Bob is one of the team who may say."""
    options = [{"name": "Yes"}, {"name": "No", "description": "Send it back"}]
    respondents = [group_urn(team.pk)]
    url = "http://127.0.0.1:8000/api/actions/user/selection"
    run = carry(start(asked(url, title="Publish it?", options=options, respondents=respondents, takes_comment=True)))
    return WebInput.objects.get(action__run=run)


def test_the_first_answer_lets_the_run_go_on(question, bob, carry):
    no = question.options.get(name="No")

    flows.respond(question=question, actor=bob, value=str(no.pk), comment="blurred")
    run = carry(question.action.run)

    said = run.output["said"]["details"]
    assert (run.status, said["name"], said["comment"], said["responded_by"]) == ("SUCCEEDED", "No", "blurred", urn(bob))


def test_the_second_answer_is_refused(question, alice, bob):
    yes = str(question.options.get(name="Yes").pk)
    flows.respond(question=question, actor=bob, value=yes)

    with pytest.raises(StateConflict):
        flows.respond(question=question, actor=alice, value=yes)


def test_who_was_not_asked_does_not_see_the_question(question, charlie, nobody):
    for stranger in (charlie, nobody, None):
        with pytest.raises(NoSuchInput):
            flows.get_input(question.pk, actor=stranger)


def test_all_who_may_answer_are_written_to(question):
    assert sorted(one.to[0] for one in mail.outbox) == ["alice@example.org", "bob@example.org"]
    assert f"/flows/inputs/{question.pk}/" in mail.outbox[0].body


def test_an_answer_that_is_no_option_is_refused(question, bob):
    with pytest.raises(InvalidInput):
        flows.respond(question=question, actor=bob, value="perhaps")


def test_a_canceled_run_closes_its_question(question, alice, bob, carry):
    flows.cancel_run(run=question.action.run, actor=alice)
    run = carry(question.action.run)

    assert codes(run)[-1] == "FlowCanceled"
    with pytest.raises(StateConflict):
        flows.respond(question=question, actor=bob, value=str(question.options.first().pk))


def test_who_may_only_look_does_not_answer(start, carry, alice, bob):
    parameters = {"title": "Well?", "options": [{"name": "Yes"}], "viewers": [urn(bob)]}
    carry(start(asked("http://127.0.0.1:8000/api/actions/user/selection", **parameters)))
    question = WebInput.objects.get()

    assert flows.roles_on_input(bob, question) == ["viewer"]
    with pytest.raises(NotAllowed):
        flows.respond(question=question, actor=bob, value=str(question.options.get().pk))


def test_a_form_is_filled(start, carry, alice):
    schema = {"type": "object", "properties": {"title": {"type": "string"}}, "required": ["title"]}
    run = carry(start(asked("http://127.0.0.1:8000/api/actions/user/form", title="Describe it", schema=schema)))
    question = WebInput.objects.get(action__run=run)
    with pytest.raises(InvalidInput):
        flows.respond(question=question, actor=alice, value={})

    flows.respond(question=question, actor=alice, value={"title": "Lysozyme"})

    assert carry(run).output["said"]["details"]["response"] == {"title": "Lysozyme"}


def test_options_of_the_hosted_service_are_found_by_their_links(start, carry, alice, charlie):
    options = [{"name": "Go", "url_suffix": "go-1"}, {"name": "Stay", "url_suffix": "stay-1"}]
    run = carry(start(asked("https://actions.globus.org/weboption/wait_for_option", options=options)))
    with pytest.raises(NoSuchInput):
        flows.option_with_link("go-1", actor=charlie)

    option = flows.option_with_link("go-1", actor=alice)
    flows.respond(question=option.web_input, actor=alice, value=str(option.pk))

    assert carry(run).output["said"]["details"]["url_suffix"] == "go-1"
