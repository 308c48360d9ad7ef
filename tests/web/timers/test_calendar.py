"""The calendar tells what was and what comes, day by day, in a zone that one chooses."""

from datetime import datetime, timedelta
from time import perf_counter
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from apps.timers import services as timers
from apps.timers.models import Timer, Turn
from apps.timers.types import Cron, Every, Once
from tests.timers.conftest import HOUR
from tests.web.timers.conftest import text

pytestmark = pytest.mark.django_db
PAGE = "/timers/calendar/"


def days(answer):
    return {day.date: day for week in answer.context["weeks"] for day in week}


def test_what_comes_stands_on_its_day_in_the_zone_that_is_asked_for(mine, make_timer):
    at = timezone.now().replace(day=1, hour=23, minute=30) + timedelta(days=40)
    timer = make_timer(Once(at))
    month = f"{at:%Y-%m}"

    plain = days(mine.get(PAGE, {"month": month}))
    east = days(mine.get(PAGE, {"month": month, "zone": "Asia/Tokyo"}))

    assert [(one.name, one.at, one.many) for one in plain[at.date()].entries] == [("Each hour", at, "")]
    assert [one.url for one in east[at.date() + timedelta(days=1)].entries] == [f"/timers/{timer.pk}/"]
    assert east[at.date()].entries == ()


def test_many_turns_of_a_day_are_counted_and_few_are_told_by_their_times(mine, make_timer, clock):
    make_timer(Cron("* * * * *", "UTC", clock()))
    make_timer(Cron("0 6,18 * * *", "UTC", clock()))
    shown = mine.get(PAGE, {"week": f"{clock() + timedelta(days=14):%G-W%V}"})

    entries = [[(f"{one.at:%H:%M}", one.many) for one in day.entries] for day in days(shown).values()]

    assert entries == [[("00:00", "1,440 turns"), ("06:00", ""), ("18:00", "")]] * 7
    assert '<span class="dim">1,440 turns</span>' in text(shown)


def test_what_was_says_how_it_went(mine, make_timer, clock, tick, finish):
    clock.now = clock().replace(hour=0) - timedelta(days=3)
    timer = make_timer(Every(3600, clock()))
    tick()
    finish(timer)
    tick(HOUR * 20)

    day = days(mine.get(PAGE, {"week": f"{clock():%G-W%V}"}))[clock().date()]

    told = [(one.sign and one.sign.word, one.many) for one in day.entries]
    assert told[:3] == [("Succeeded", ""), ("Missed", "19 turns"), ("Going on", "")]


@pytest.mark.parametrize(
    "asked",
    [
        *({"month": "2026-13"}, {"month": "rubbish"}, {"month": "0001-01"}, {"month": "9999-12"}, {"week": "2026-W60"}),
        *(
            {"week": "9999-W52"},
            {"week": "2026-W1"},
            {"month": "２０２６-11"},
            {"zone": "Mars"},
            {"zone": "\0", "month": "\0"},
        ),
    ],
)
def test_what_cannot_be_read_is_as_if_it_were_not_there(mine, make_timer, asked):
    shown = mine.get(PAGE, asked)

    assert shown.status_code == 200
    assert shown.context["span"].title == f"{timezone.now():%B %Y}"


def test_its_links_go_on_to_the_end_of_two_years_and_keep_the_zone(mine):
    url, seen = f"{PAGE}?zone=Asia/Tokyo", []
    while url:
        shown = mine.get(url)
        seen.append(shown.context["span"].title)
        after = shown.context["after"]
        url = f"{PAGE}{after.url}" if after else None

    assert 24 <= len(set(seen)) == len(seen) <= 26
    assert shown.context["zone"] == "Asia/Tokyo"


def test_a_day_with_more_than_fits_leads_to_the_week_in_which_all_of_it_stands(mine, make_timer, clock):
    at = clock() + timedelta(days=10)
    for _ in range(6):
        make_timer(Once(at))

    day = days(mine.get(PAGE, {"month": f"{at:%Y-%m}"}))[at.date()]
    week = days(mine.get(PAGE + day.week_url.partition("#")[0]))[at.date()]

    assert (len(day.entries), day.more, len(week.entries), week.more) == (4, 2, 6, 0)
    assert day.week_url.endswith(f"#day-{at:%Y-%m-%d}")


def test_others_timers_and_those_that_rest_are_not_in_it(mine, make_timer, browser, bob, clock):
    timers.pause_timer(timer=make_timer(Every(60, clock())))

    assert mine.get(PAGE).context["is_empty"]
    timers.resume_timer(timer=Timer.objects.get(), now=clock())
    assert not mine.get(PAGE).context["is_empty"]
    assert browser(bob).get(PAGE).context["is_empty"]


def test_a_month_of_a_hundred_timers_of_each_minute_with_their_past_is_told_at_once(mine, make_timer, clock):
    start, zone = clock() - timedelta(days=20), ZoneInfo("Asia/Kathmandu")
    for number in range(100):
        make_timer(Every(60, clock()) if number % 2 else Cron("* * * * *", zone.key, clock()))
    timer = Timer.objects.first()
    Turn.objects.bulk_create(Turn(timer=timer, at=start + timedelta(minutes=n), state="done") for n in range(20_000))

    began = perf_counter()
    shown = mine.get(PAGE, {"month": f"{datetime.now(zone):%Y-%m}"})

    assert perf_counter() - began < 3
    assert sum(day.more for day in days(shown).values()) > 500
