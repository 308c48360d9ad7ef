"""How far, how fast, how long still: from the task's counters and its events of progress."""

from datetime import UTC, datetime, timedelta

import pytest

from apps.transfer.models import Task
from apps.transfer.services import Stretch
from apps.web.tasks import words
from apps.web.tasks.progress import progress_of, share_of
from apps.web.tasks.speed import figure

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
COPY = Task.Stage.COPY


def task(**told):
    return Task(task_type="TRANSFER", requested_at=NOON - timedelta(seconds=10), served_at=NOON, **told)


def test_time_left_follows_from_the_speed_of_now():
    told = task(stage=COPY, subtasks=10, bytes_known=1_000_000_000, bytes_sent=400_000_000)

    progress = progress_of(told, [Stretch(NOON, 2.0, 20_000_000, 1)], NOON)

    facts = {fact.label: fact.value for fact in progress.facts}
    assert (progress.share, progress.said) == (40, "40 % done")
    assert (facts["Speed"], facts["Time left"]) == ("10.0 MB/s", "about 1 min")


def test_an_old_speed_is_not_that_of_now():
    told = task(stage=COPY, subtasks=10, bytes_known=1000, bytes_sent=400)

    facts = progress_of(told, [Stretch(NOON - timedelta(minutes=5), 2.0, 20, 1)], NOON).facts

    assert {fact.value for fact in facts if fact.label in {"Speed", "Time left"}} == {"not known"}


@pytest.mark.parametrize(
    ("told", "share"),
    [
        ({"stage": "scan", "subtasks": 5, "subtasks_done": 5}, None),
        ({"stage": COPY, "subtasks": 4, "subtasks_done": 1, "bytes_known": 100, "bytes_sent": 90}, 90),
        ({"stage": COPY, "subtasks": 4, "subtasks_done": 2, "files_same": 2, "bytes_known": 100}, 50),
        ({"stage": COPY, "subtasks": 4, "subtasks_done": 3, "subtasks_failed": 1}, 99),
        ({"stage": COPY, "subtasks": 4, "bytes_known": 100, "bytes_sent": 130}, 99),
    ],
)
def test_the_share_is_of_bytes_where_all_are_sent_and_of_files_else(told, share):
    assert share_of(task(**told)) == share


def test_the_chart_shows_when_nothing_was_sent():
    later = NOON + timedelta(seconds=60)

    drawn = figure([Stretch(NOON, 2.0, 40_000_000, 1), Stretch(later, 2.0, 80_000_000, 1)])

    counts = [row.cells[0].count for row in drawn.table.rows]
    assert (drawn.title, counts[0], sum(counts[1:-1]), counts[-1]) == ("Speed in MB/s", 20, 0, 40)
    assert drawn.fact == "mean 30.0 MB/s, at most 40.0 MB/s"


def test_a_chart_of_days_has_few_bars():
    days = [Stretch(NOON + timedelta(hours=hour), 3600.0, 10**12, 9) for hour in range(24 * 9)]

    assert 2 < len(figure(days).drawing.marks) <= 41
    assert figure([]) is None


@pytest.mark.parametrize(
    ("seconds", "said"), [(0.2, "1 s"), (59, "59 s"), (61, "1 min"), (7500, "2 h 5 min"), (260_000, "3 days")]
)
def test_spans_read_as_people_say_them(seconds, said):
    assert words.span(seconds) == said
