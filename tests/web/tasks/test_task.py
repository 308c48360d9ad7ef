"""The page of a task says what it does, how far it is, and what to do about what went wrong."""

import pytest

from apps.transfer import services as transfer
from apps.transfer.models import Task
from tests.transfer.conftest import fill, wish

pytestmark = pytest.mark.django_db(transaction=True)


def page(task, *parts):
    return "/".join([f"/tasks/{task.pk}", *parts, ""])


def text(answer):
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize("part", [(), ("live",), ("events",), ("files", "failed"), ("files", "failed.csv")])
def test_a_task_is_its_owners_and_not_there_for_strangers(mine, browser, charlie, submit, part):
    address = page(submit(), *part).removesuffix("/" if part[-1:] == ("failed.csv",) else "")

    assert mine.get(address).status_code == 200
    assert browser(charlie).get(address).status_code == 404


@pytest.mark.parametrize("act", ["pause", "resume", "cancel", "change", "repeat"])
def test_strangers_do_nothing_with_a_task(browser, charlie, submit, act):
    task = submit()

    assert browser(charlie).post(page(task, act)).status_code == 404
    task.refresh_from_db()
    assert task.wanted == Task.Wanted.RUN


def test_administrators_see_a_task_of_another_and_submit_nothing_in_their_name(mine, bob, submit, moved):
    task = submit()
    Task.objects.update(owner=bob)

    assert mine.get(page(task)).status_code == 200
    moved(task)
    assert mine.post(page(task, "repeat")).status_code == 404


def test_it_says_from_where_to_where_and_how(mine, source, submit):
    shown = text(mine.get(page(submit(wish("/run/a b", "/new/c"), sync_level=3, preserve_timestamp=True))))

    assert f'<a href="/collections/{source.pk}/?path=%2Frun%2F">/run/a b</a>' in shown
    assert "same checksum are left alone" in shown
    assert "The time of each file is kept" in shown


def test_a_task_that_is_over_says_so_and_is_followed_no_more(mine, here, submit, moved):
    fill(here / "run", a=2_000_000, b=1)
    waiting = submit()
    assert "It waits for its turn" in text(mine.get(page(waiting)))

    shown = text(mine.get(page(moved(waiting))))

    assert [word in shown for word in ("Succeeded", "2.00 MB", "Transferred (2)", "data-follow")] == [True] * 3 + [
        False
    ]


def test_what_failed_is_told_with_what_to_do(mine, submit, moved):
    shown = text(mine.get(page(moved(submit(wish("/missing"))))))

    assert "submit again what is there" in shown
    assert "FILE_NOT_FOUND" in shown
    assert "Do again what failed" in shown


def test_who_follows_is_sent_more_only_when_the_state_is_another(mine, here, submit, moved):
    fill(here / "run", a=1)
    task = submit()

    same = text(mine.get(page(task, "live"), {"seen": "Waiting 0"}))
    other = text(mine.get(page(moved(task), "live"), {"seen": "Waiting 0"}))

    assert [word in same for word in ('id="live"', 'id="outcomes"', 'id="acts"', 'id="outcome"')] == [True] * 2 + [
        False
    ] * 2
    assert [other.count(word) for word in ('id="outcomes"', 'id="acts"', 'id="outcome"')] == [1, 1, 1]


def test_a_task_is_paused_resumed_and_canceled(mine, submit):
    task = submit()

    def state_after(act):
        return mine.post(page(task, act), follow=True).context["state"].word

    assert [state_after(act) for act in ("pause", "resume", "cancel")] == ["Paused", "Waiting", "Canceled"]
    assert mine.post(page(task, "pause")).status_code == 409


def test_label_and_deadline_are_changed_and_a_past_deadline_is_told_at_its_field(mine, submit):
    task = submit()
    mine.post(page(task, "change"), {"label": "Tonight", "deadline": "2100-01-31T12:00"})
    task.refresh_from_db()
    assert (task.label, task.deadline.year) == ("Tonight", 2100)

    refused = mine.post(page(task, "change"), {"label": "", "deadline": "2001-01-31T12:00"})

    assert refused.status_code == 400
    assert "Choose a later one" in refused.context["form"].errors["deadline"][0]


def test_events_are_shown_with_errors_alone_if_asked(mine, submit, moved):
    task = moved(submit(wish("/missing")))

    assert "SUBMITTED" in text(mine.get(page(task, "events")))
    assert "SUBMITTED" not in text(mine.get(page(task, "events"), {"errors": "1"}))


def test_a_collection_that_was_deleted_leaves_its_name_and_nothing_to_repeat(mine, alice, source, submit, moved):
    task = moved(submit(wish("/missing")))
    source.delete()

    shown = text(mine.get(page(task)))

    assert "<dt>From</dt><dd>source </dd>" in shown
    assert "Do all of it again" not in shown
    assert mine.post(page(task, "repeat")).status_code == 400
    assert transfer.tasks_of(alice).count() == 1
