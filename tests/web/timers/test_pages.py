"""The list of timers and the page of one: for their owners, who are told what was, what comes, and what is wrong."""

import pytest

from apps.flows.models import Flow, Run
from apps.timers import services as timers
from apps.timers.models import Timer
from apps.timers.types import Cron, Every, Missed, Once
from apps.transfer import forms
from tests.timers.conftest import HOUR
from tests.web.timers.conftest import text

pytestmark = pytest.mark.django_db
ACTS = ("pause", "resume", "rename", "change", "delete")


@pytest.fixture
def timer(make_timer, clock):
    return make_timer(Every(3600, clock()))


def page(timer, part=""):
    return f"/timers/{timer.pk}/{part}"


def test_the_list_tells_what_begins_when_and_how_it_went(mine, timer, tick, finish, flow, submit, make_timer, clock):
    task = submit()
    cron = Cron("0 9 * * 1", "Asia/Tokyo", clock())
    make_timer(cron, kind=Timer.Kind.TRANSFER, body=forms.submission(task), flow=None)
    tick()
    finish(timer)

    lines = mine.get("/timers/").context["lines"]

    assert [(line.what.label, line.rhythm, line.sign.word) for line in lines] == [
        (flow.title, "every hour", "Active"),
        ("source to destination", "at 09:00 on Monday, Asia/Tokyo", "Active"),
    ]
    assert (lines[0].last_sign.word, lines[0].next_at, lines[0].what.url) == (
        "Succeeded",
        clock() + HOUR,
        f"/flows/{flow.pk}/",
    )


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, 3),
        ({"state": "paused"}, 1),
        ({"state": "ended"}, 1),
        ({"name": "EACH"}, 3),
        ({"name": "x"}, 0),
        ({"state": "x"}, 3),
    ],
)
def test_it_is_narrowed_by_state_and_name(mine, make_timer, clock, tick, asked, found):
    timers.pause_timer(timer=make_timer(Every(3600, clock())))
    make_timer(Once(clock()))
    make_timer(Every(3600, clock() + HOUR))
    tick()

    assert len(mine.get("/timers/", asked).context["lines"]) == found


def test_without_timers_it_says_how_one_is_made(mine):
    assert "choose “Repeat this” on its page" in text(mine.get("/timers/"))


def test_another_s_timer_is_not_there_and_nobody_is_asked_who_they_are(timer, browser, bob, charlie):
    for who in (bob, charlie):
        assert list(browser(who).get("/timers/").context["lines"]) == []
        assert browser(who).get(page(timer)).status_code == 404
        assert {browser(who).post(page(timer, f"{act}/")).status_code for act in ACTS} == {404}
    assert {browser().get(path).status_code for path in ("/timers/", page(timer), "/timers/calendar/")} == {302}
    assert {browser().post(page(timer, f"{act}/")).status_code for act in ACTS} == {302}

    assert Timer.objects.get().state == "active"


def test_a_timer_tells_its_next_turns_and_links_what_those_began_that_were(mine, timer, tick, finish, clock):
    tick()
    finish(timer)
    tick(HOUR * 4)

    shown = mine.get(page(timer))

    lines = shown.context["lines"]
    assert [(line.sign.word, line.count) for line in lines] == [("Going on", 1), ("Missed", 3), ("Succeeded", 1)]
    assert [line.url for line in lines] == [
        f"/flows/runs/{lines_run(timer, 0)}/",
        "",
        f"/flows/runs/{lines_run(timer, 2)}/",
    ]
    assert shown.context["coming"] == [clock() + HOUR * n for n in range(1, 11)]
    Run.objects.all().delete()
    assert [line.url for line in mine.get(page(timer)).context["lines"]] == [""] * 3


def lines_run(timer, number):
    return timers.turns_of(timer)[number].begun_id


def test_the_turns_of_a_cron_are_told_in_its_zone(mine, make_timer, clock):
    shown = text(mine.get(page(make_timer(Cron("30 9 * * *", "Asia/Kathmandu", clock())))))

    assert (shown.count(", 09:30</time></li>"), "Times are of Asia/Kathmandu." in shown) == (10, True)


def test_one_that_rests_after_failures_says_why_and_what_to_do(mine, make_timer, tick, clock):
    timer = make_timer(Every(3600, clock()), most_failures=2)
    Flow.objects.update(deleted_at=clock())
    tick()
    tick(HOUR)

    shown = text(mine.get(page(timer)))

    assert "It rests, because something is wrong" in shown
    assert "2 turns in a row failed." in shown
    assert f"The last one said: {timers.turns_of(timer)[0].message}" in shown
    assert "Paused after failures" in text(mine.get("/timers/"))
    assert "a flow that is not there any more" in shown


def test_it_is_paused_resumed_renamed_and_deleted_by_its_buttons(mine, timer):
    mine.post(page(timer, "pause/"))
    assert Timer.objects.get().state == "paused"
    mine.post(page(timer, "resume/"))
    assert Timer.objects.get().state == "active"
    mine.post(page(timer, "rename/"), {"name": "Another"})
    assert "“Another”" not in text(mine.get(page(timer, "delete/")))
    assert Timer.objects.get().name == "Another"
    assert mine.post(page(timer, "rename/"), {"name": " "}).status_code == 400

    assert mine.post(page(timer, "delete/")).url == "/timers/"
    assert not Timer.objects.exists()


def test_one_that_has_ended_is_neither_paused_nor_changed(mine, make_timer, clock, tick):
    timer = make_timer(Once(clock()))
    tick()

    assert {mine.post(page(timer, f"{act}/")).status_code for act in ("pause", "resume")} == {409}
    assert mine.get(page(timer, "change/")).status_code == 409
    assert "Pause</button>" not in text(mine.get(page(timer)))


def as_shown(mine, timer):
    """What a browser sends if nothing is changed."""
    form = mine.get(page(timer, "change/")).context["when"]
    shown = {bound.html_name: bound.value() for bound in form}
    told = {name: value.isoformat()[:16] if hasattr(value, "isoformat") else value for name, value in shown.items()}
    return {name: value for name, value in told.items() if value is not None} | {"do": "save"}


@pytest.mark.parametrize(
    ("rhythm", "more"),
    [
        (lambda now: Every(7261, now.replace(second=7, microsecond=8)), {"most": 9, "jitter_s": 90}),
        (lambda now: Cron("*/7 9-17 * * 1-5", "America/New_York", now.replace(second=7)), {}),
        (lambda now: Once(now.replace(second=7) + HOUR), {"missed": Missed.NONE, "most_failures": 7}),
        (lambda now: Every(600, now - HOUR * 50), {"until": True}),
        (lambda now: Every(600, now - HOUR), {"until": True, "most": 10**7}),
    ],
)
def test_what_is_left_as_it_is_stays_so_to_the_second(mine, make_timer, clock, rhythm, more):
    if "until" in more:
        more = {**more, "until": clock().replace(second=59) + HOUR * 90}
    timer = make_timer(rhythm(clock()), **more)

    answer = mine.post(page(timer, "change/"), as_shown(mine, timer))

    after = Timer.objects.get()
    assert answer.status_code == 302
    assert (after.schedule, after.turn_at, after.due_at) == (timer.schedule, timer.turn_at, timer.due_at)
    assert (after.missed, after.overlap, after.most_failures) == (timer.missed, timer.overlap, timer.most_failures)


def test_it_is_changed_from_now_on_and_what_is_wrong_is_told(mine, timer, tick, finish, clock):
    tick()
    finish(timer)
    sent, coming = as_shown(mine, timer), timers.next_turns(Timer.objects.get(), most=5)
    assert list(mine.get(page(timer, "change/")).context["preview"].turns) == coming

    refused = mine.post(page(timer, "change/"), {**sent, "ends": "after", "turns": "1"})
    assert (refused.status_code, "No turn would come any more" in str(refused.context["when"].errors["turns"])) == (
        400,
        True,
    )
    assert mine.post(page(timer, "change/"), {**sent, "every": "10 min", "do": "preview"}).context["preview"].turns
    assert Timer.objects.get().schedule.rhythm.seconds == 3600
    mine.post(page(timer, "change/"), {**sent, "every": "10 min"})

    assert Timer.objects.get().schedule.rhythm == Every(600, timer.schedule.rhythm.start)
    assert Timer.objects.get().turn_at <= clock() + HOUR / 6
