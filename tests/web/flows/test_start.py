"""A run is started from a form made of the input schema, by those who may, and told what is wrong where it is."""

import pytest

from apps.access import services as access
from apps.access.types import ALL_AUTHENTICATED, group_urn, identity_urn
from apps.accounts import services as accounts
from apps.flows.models import Run
from tests.storage.conftest import *  # noqa: F403
from tests.web.flows.conftest import HELLO, text

pytestmark = pytest.mark.django_db
SCHEMA = {
    "type": "object",
    "properties": {"word": {"type": "string", "minLength": 2}, "many": {"type": "array", "items": {"type": "string"}}},
    "required": ["word"],
    "additionalProperties": False,
}
SENT = {"input/word": "hello", "input/many?count": "0", "do": "start"}


@pytest.fixture
def page(make_flow):
    flow = make_flow({"Hello": HELLO}, schema=SCHEMA, roles={"starter": [ALL_AUTHENTICATED]})
    return f"/flows/{flow.pk}/start/"


def test_it_begins_a_run_with_all_that_was_said_of_it(page, mine, bob, team, alice):
    about = {"label": "Night", "tags": "chips, S12", "monitors": "bob", "managers": "TEAM", "notify_on": ["FAILED"]}

    answer = mine.post(page, {**SENT, **about})

    run = Run.objects.get()
    assert answer.headers["Location"] == f"/flows/runs/{run.pk}/"
    assert (run.input, run.label, run.tags, run.notify_on) == ({"word": "hello"}, "Night", ["chips", "S12"], ["FAILED"])
    assert access.principals_with(run.resource) == {
        "owner": [identity_urn(accounts.identities_of(alice)[0].pk)],
        "monitor": [identity_urn(accounts.identities_of(bob)[0].pk)],
        "manager": [group_urn(team.pk)],
    }


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"input/word": "x"}, "Write at least 2 signs."),
        ({"input/word": ""}, "Fill this in."),
        ({"input/many?count": "1"}, "Fill this in, or remove it."),
        ({"label": "x" * 65}, "at most 64 characters"),
        ({"tags": ",".join(map(str, range(11)))}, "at most 10 tags"),
        ({"monitors": "nobody-is-called-so"}, "nobody-is-called-so"),
        ({"notify_on": ["x"]}, "not one of the available choices"),
        ({"input?raw": "1", "input?json": "{"}, "no JSON"),
        ({"input?raw": "1", "input?json": '{"word": "xy", "other": 1}'}, "There is no place for this here."),
        ({"input?raw": "1", "input?json": "[]"}, "This must be an object."),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_begun(page, mine, sent, words):
    refused = mine.post(page, {**SENT, **sent})

    assert (refused.status_code, words in text(refused)) == (400, True)
    assert not Run.objects.exists()


def test_buttons_of_the_form_begin_nothing_and_keep_what_is_written(page, mine):
    shown = text(mine.post(page, {**SENT, "label": "Night", "do": "add:input/many"}))

    assert 'name="input/many/0" value=""' in shown
    assert 'value="hello"' in shown
    assert 'value="Night"' in shown
    assert not Run.objects.exists()


def test_a_run_is_begun_anew_with_the_input_of_one_s_own(page, mine, browser, bob):
    mine.post(page, SENT)
    run = Run.objects.get()

    assert 'value="hello"' in text(mine.get(page, {"run": str(run.pk)}))
    assert browser(bob).get(page, {"run": str(run.pk)}).status_code == 404
    assert mine.get(page, {"run": "x"}).status_code == 404


def test_who_may_see_and_not_start_is_told_whom_to_ask(make_flow, browser, charlie):
    flow = make_flow({"Hello": HELLO}, roles={"viewer": [ALL_AUTHENTICATED]})

    refused = browser(charlie).post(f"/flows/{flow.pk}/start/", {"input?json": "{}", "do": "start"})

    assert refused.status_code == 403
    assert "Ask its administrators" in text(refused)
