"""A transfer or a flow is repeated by a timer that is made on its page, by those whose it is."""

import pytest

from apps.access.types import ALL_AUTHENTICATED
from apps.flows.models import Flow, Run
from apps.timers import services as timers
from apps.timers.models import Timer
from apps.timers.types import Cron, Every, Once
from apps.transfer.models import Task
from tests.flows.conftest import HELLO
from tests.transfer.conftest import fill
from tests.web.timers.conftest import SENT, local, text

pytestmark = pytest.mark.django_db
INPUT = {"input/word": "hello"}
SCHEMA = {"type": "object", "properties": {"word": {"type": "string", "minLength": 2}}, "required": ["word"]}


@pytest.fixture
def page(submit):
    return f"/timers/new/transfer/{submit(sync_level=3).pk}/"


@pytest.fixture
def of_flow(make_flow):
    return f"/timers/new/flow/{make_flow({'Hello': HELLO}, schema=SCHEMA, roles={'starter': [ALL_AUTHENTICATED]}).pk}/"


def test_a_transfer_is_submitted_again_as_it_was(mine, page, tick, here, alice):
    task = Task.objects.get()
    assert '<option value="3" selected>' in text(mine.get(page))
    answer = mine.post(page, {**SENT, "sync": "3"})
    timer = Timer.objects.get()

    tick()

    again = Task.objects.exclude(pk=task.pk).get()
    assert answer.url == f"/timers/{timer.pk}/"
    assert (again.owner, again.source, again.destination) == (alice, task.source, task.destination)
    assert (again.options, again.label) == (task.options, "Nightly")
    assert [one.source for one in again.items.all()] == [one.source for one in task.items.all()]


def test_what_is_there_already_is_left_alone_if_its_owner_says_so_now(mine, page):
    for sync, level in (("", None), ("1", 1)):
        mine.post(page, {**SENT, "sync": sync})

        assert Timer.objects.latest("submitted_at").body["sync_level"] == level


@pytest.mark.parametrize(
    ("sent", "rhythm"),
    [
        ({}, Every),
        (
            {"how": "once", "at": "tomorrow", "every": "rubbish", "starts_at": "soon", "ends": "after", "turns": "0"},
            Once,
        ),
        ({"how": "cron", "cron": "0  9 * * 1-5", "starts_at": "tomorrow"}, Cron),
    ],
)
def test_it_strikes_as_was_chosen(mine, page, tomorrow, sent, rhythm):
    sent = {name: local(tomorrow) if value == "tomorrow" else value for name, value in sent.items()}

    assert mine.post(page, {**SENT, **sent, "zone": "UTC"}).status_code == 302

    found = Timer.objects.get().schedule.rhythm
    told = {Every: lambda: (found.seconds, 7200), Once: lambda: (found.at, tomorrow)}
    told[Cron] = lambda: ((found.expression, found.zone, found.start), ("0 9 * * 1-5", "UTC", tomorrow))
    assert isinstance(found, rhythm)
    left, right = told[rhythm]()
    assert left == right


@pytest.mark.parametrize(
    ("sent", "field", "words"),
    [
        ({"name": ""}, "name", "A timer has a name."),
        ({"every": "every blue moon"}, "every", "is no interval"),
        ({"every": ""}, "every", "Say how often."),
        ({"every": "5 s"}, "every", "at least 60 seconds"),
        ({"how": "cron", "cron": "0 9 * *"}, "cron", "Write five fields"),
        ({"how": "cron", "cron": "99 9 * * *"}, "cron", "no cron expression"),
        ({"how": "cron", "cron": "0 0 30 2 *"}, "cron", "cron"),
        ({"how": "once"}, "at", "Say when."),
        ({"how": "once", "at": "2020-01-01T00:00"}, "at", "This time is past."),
        ({"how": "once", "at": "9999-12-31T23:59", "zone": "America/New_York"}, "at", "year"),
        ({"how": "once", "at": "0001-01-01T00:00", "zone": "Asia/Tokyo"}, "at", "year"),
        ({"how": "once", "at": "2027-03-28T02:30"}, "at", "Clocks go forward over this time"),
        ({"starts_at": "tomorrow"}, "starts_at", "Write it as"),
        ({"starts_at": "2027-01-01T00:00+01:00"}, "starts_at", "Write it as"),
        ({"zone": "Mars/Olympus"}, "zone", "Mars/Olympus"),
        ({"ends": "after"}, "turns", "Say how many."),
        ({"ends": "after", "turns": "0"}, "turns", "greater than or equal to 1"),
        ({"ends": "on", "until": "2020-01-01T00:00"}, "until", "past"),
        (
            {"ends": "on", "until": "2027-01-01T00:00", "starts_at": "2027-02-01T00:00"},
            "until",
            "before its first turn",
        ),
        ({"ends": "both", "turns": "3"}, "until", "Say when it ends."),
        ({"jitter": "2 days"}, "jitter", "at most a day"),
        ({"missed": "perhaps"}, "missed", "perhaps"),
        ({"most_failures": "0"}, "most_failures", "greater than or equal to 1"),
        ({"how": "sometimes"}, "how", "sometimes"),
        ({"sync": "7"}, "sync", "7"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_no_timer_is_made(mine, page, sent, field, words):
    refused = mine.post(page, {**SENT, **sent})

    assert refused.status_code == 400
    form = refused.context[field if field in {"name", "sync"} else "when"]
    assert words in str(form.errors.get(field))
    assert words in text(refused).replace("&#x27;", "'")
    assert not Timer.objects.exists()


def test_a_preview_tells_the_next_turns_in_their_zone_and_makes_nothing(mine, page):
    sent = {"how": "cron", "cron": "30 9 * * *", "zone": "Asia/Tokyo", "ends": "after", "turns": "3", "do": "preview"}

    shown = mine.post(page, {**SENT, **sent})

    assert (shown.status_code, text(shown).count(", 09:30</time>")) == (200, 3)
    assert "At 09:30 every day, Asia/Tokyo. Times are of Asia/Tokyo." in text(shown)
    assert "None can be told yet. Write five fields" in text(mine.post(page, {**SENT, **sent, "cron": "30 9"}))
    assert not Timer.objects.exists()


def test_what_may_be_left_empty_says_so_and_a_choice_that_always_says_something_does_not(mine, page):
    shown = text(mine.get(page))

    assert 'Starting at <span class="req">optional</span>' in shown
    assert "Files that are there already</label>" in shown


def test_the_zone_that_was_used_last_is_proposed(mine, page):
    assert '<option value="UTC" selected>' in text(mine.get(page))

    mine.post(page, SENT)

    assert '<option value="Europe/Berlin" selected>' in text(mine.get(page))


def test_what_is_not_one_s_own_or_no_transfer_is_not_repeated(mine, page, browser, bob, alice, submit):
    task = Task.objects.get()
    assert browser(bob).get(page).status_code == 404
    assert browser(bob).post(page, SENT).status_code == 404
    assert browser().get(page).status_code == 302

    Task.objects.update(task_type=Task.Type.DELETE)
    assert mine.get(page).status_code == 400
    Task.objects.update(task_type=Task.Type.TRANSFER, source=None, owner=alice)
    assert mine.post(page, SENT).status_code == 400
    assert "Repeat this" not in text(mine.get(f"/tasks/{task.pk}/"))


def test_a_flow_is_started_again_with_its_input_and_what_is_said_of_each_run(mine, of_flow, tick):
    about = {"label": "Night", "tags": "chips", "notify_on": ["FAILED"]}

    assert mine.post(of_flow, {**SENT, **INPUT, **about}).status_code == 302
    tick()

    run = Run.objects.get()
    assert (run.input, run.label, run.tags, run.notify_on) == ({"word": "hello"}, "Night", ["chips"], ["FAILED"])


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"input/word": "x"}, "Write at least 2 signs."),
        ({"every": "soon"}, "is no interval"),
        ({"label": "x" * 65}, "at most 64 characters"),
        ({"monitors": "nobody-is-called-so"}, "nobody-is-called-so"),
        ({"input?raw": "1", "input?json": "{"}, "no JSON"),
    ],
)
def test_what_is_wrong_about_a_flow_is_told_and_no_timer_is_made(mine, of_flow, sent, words):
    refused = mine.post(of_flow, {**SENT, **INPUT, **sent})

    assert (refused.status_code, words in text(refused)) == (400, True)
    assert not Timer.objects.exists()


def test_the_input_and_the_label_of_a_run_are_proposed_to_its_owner_alone(mine, of_flow, browser, bob, alice):
    mine.post(
        of_flow.replace("timers/new/flow", "flows").rstrip("/") + "/start/", {**INPUT, "label": "Night", "do": "start"}
    )
    run = Run.objects.get()

    shown = text(mine.get(of_flow, {"run": str(run.pk)}))

    assert ('value="hello"' in shown, shown.count('value="Night"')) == (True, 2)
    assert browser(bob).get(of_flow, {"run": str(run.pk)}).status_code == 404
    assert f"{of_flow}?run={run.pk}" in text(mine.get(f"/flows/runs/{run.pk}/"))


def test_buttons_of_the_input_s_form_make_nothing_and_keep_what_is_written(mine, of_flow):
    shown = text(mine.post(of_flow, {**SENT, "every": "soon", "do": "look:input/word"}))

    assert ('value="soon"' in shown, "is no interval" in shown, Timer.objects.exists()) == (True, False, False)


def test_who_may_not_start_a_flow_is_told_so_and_a_flow_that_was_deleted_is_not_there(
    mine, of_flow, make_flow, browser, charlie
):
    closed = make_flow({"Hello": HELLO}, roles={"viewer": [ALL_AUTHENTICATED]})
    assert browser(charlie).get(f"/timers/new/flow/{closed.pk}/").status_code == 403
    assert browser().get(of_flow).status_code == 404

    Flow.objects.update(deleted_at="2026-01-01T00:00Z")

    assert mine.post(of_flow, SENT).status_code == 404


def test_what_a_timer_began_leads_back_to_it_for_its_owner_alone(
    mine, page, tick, browser, alice, make_timer, bob, here, moved
):
    fill(here / "run", a=1)
    mine.post(page, SENT)
    tick()
    run_timer = make_timer(body={"body": {"word": "x"}, "run_monitors": []})
    tick()

    task, run = Task.objects.latest("requested_at"), Run.objects.get()
    transfer_timer = Timer.objects.get(kind="transfer")

    assert f'Begun by the timer <a href="/timers/{transfer_timer.pk}/">Nightly</a>' in text(
        mine.get(f"/tasks/{task.pk}/")
    )
    assert f'Begun by the timer <a href="/timers/{run_timer.pk}/">Each hour</a>' in text(
        mine.get(f"/flows/runs/{run.pk}/")
    )
    assert timers.timer_that_began(run.pk, actor=bob) is None


def test_what_is_rare_is_folded_in_until_something_is_wrong_or_chosen_in_it(mine, page):
    folded = "<details><summary>When something comes between"

    assert folded in text(mine.get(page))
    assert folded in text(mine.post(page, {**SENT, "do": "preview"}))
    for chosen in ({"jitter": "5 min"}, {"overlap": "let"}, {"most_failures": "x"}):
        assert folded not in text(mine.post(page, {**SENT, **chosen, "do": "preview"}))
