"""A timer is made like another, by its owner: it begins the same, at times that are chosen anew."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from apps.flows.models import Run
from apps.timers.models import Timer
from apps.timers.types import Cron, Once
from apps.transfer.models import Task
from apps.web.timers.fields import on_the_wall
from tests.web.timers.conftest import SENT, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(mine):
    """The page that makes another, and what is filled in there."""

    def other(timer):
        page = f"/timers/new/timer/{timer.pk}/"
        return page, mine.get(page).context

    return other


def test_one_that_has_ended_is_made_anew(mine, make_timer, tick, finish, other, clock):
    old = make_timer(Once(clock()), body={"body": {"word": "again"}, "label": "Night"}, most_failures=2)
    tick()
    finish(old)
    page, shown = other(old)
    assert page in text(mine.get(f"/timers/{old.pk}/"))
    assert (shown["name"]["name"].value(), shown["when"]["how"].value(), shown["when"]["at"].value()) == (
        "Each hour",
        "once",
        None,
    )
    assert shown["when"]["most_failures"].value() == 2

    answer = mine.post(page, SENT)
    new = Timer.objects.exclude(pk=old.pk).get()
    tick()

    assert (answer.url, new.name, new.state) == (f"/timers/{new.pk}/", "Nightly", "active")
    assert [(run.input, run.label) for run in Run.objects.all()] == [({"word": "again"}, "Night")] * 2


def test_a_transfer_is_made_anew_as_it_was(mine, submit, other):
    mine.post(f"/timers/new/transfer/{submit().pk}/", {**SENT, "sync": "3"})
    page, shown = other(Timer.objects.get())
    assert shown["ends"].source.text == Task.objects.get().source.name

    mine.post(page, SENT)

    first, second = Timer.objects.order_by("submitted_at")
    assert (second.kind, second.body, second.owner) == (first.kind, first.body, first.owner)


@pytest.mark.parametrize("days", [-1, 1])
def test_moments_that_are_past_are_left_to_be_filled_in(make_timer, other, clock, days):
    start = clock() + timedelta(days=days)
    old = make_timer(Cron("0 9 * * *", "Asia/Tokyo", start), until=start + timedelta(days=30))

    when = other(old)[1]["when"]

    shown = {name: when[name].value() for name in ("cron", "zone", "ends", "starts_at")}
    expected = {"cron": "0 9 * * *", "zone": "Asia/Tokyo", "ends": "on"}
    expected["starts_at"] = on_the_wall(start, ZoneInfo("Asia/Tokyo")) if days > 0 else None
    assert (shown, when["until"].value() is None) == (expected, False)


def test_what_is_wrong_is_told_and_a_preview_makes_nothing(mine, make_timer, other, flow, clock):
    page, _shown = other(make_timer())

    assert "is no interval" in text(mine.post(page, {**SENT, "every": "soon"}))
    assert text(mine.post(page, {**SENT, "do": "preview"})).count("</time></li>") == 5
    flow.__class__.objects.update(deleted_at=clock())
    refused = mine.post(page, SENT)

    assert (refused.status_code, "There is no such flow" in text(refused)) == (400, True)
    assert Timer.objects.count() == 1


def test_it_is_for_its_owner_alone(make_timer, browser, bob):
    page = f"/timers/new/timer/{make_timer().pk}/"

    assert [browser(bob).get(page).status_code, browser(bob).post(page, SENT).status_code] == [404, 404]
    assert browser().get(page).status_code == 302
    assert Timer.objects.count() == 1
