"""Runs by status over time: each bar is a number, and leads to those runs."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.flows.models import Run
from tests.web.flows.conftest import HELLO, text

pytestmark = pytest.mark.django_db
FAILS = {"Stop": {"Type": "Fail", "Error": "Full", "Cause": "No room."}}
WAITS = {"Rest": {"Type": "Wait", "Seconds": 3600, "Next": "Say"}, "Say": HELLO}


def test_days_are_counted_by_status_and_lead_to_their_runs(run_of, mine):
    run_of({"Say": HELLO}, {"word": "x"})
    run_of(FAILS)
    old = run_of(FAILS)
    Run.objects.filter(pk=old.pk).update(started_at=timezone.now() - timedelta(days=3))
    run_of(WAITS)

    shown = mine.get("/flows/runs/").context["dashboard"]

    assert [(one.words, one.number) for one in shown.totals] == [("succeeded", 1), ("failed", 2), ("active", 1)]
    assert shown.figure.table.head == ("Day", "Succeeded", "Failed", "Active")
    assert [cell.count for cell in shown.figure.table.rows[-1].cells] == [1, 1, 1]
    failed_then = next(row.cells[1] for row in shown.figure.table.rows[:-1] if row.cells[1].count)
    assert [line.name for line in mine.get(f"/flows/runs/{failed_then.url}").context["runs"]] == ["Run of a flow"]


def test_it_counts_what_its_reader_sees_and_what_is_looked_for(run_of, mine, browser, charlie):
    run = run_of(FAILS)
    run_of(WAITS)

    of_one = mine.get("/flows/runs/", {"flow": str(run.flow_id), "state": "active"}).context["dashboard"]

    assert [(one.words, one.number) for one in of_one.totals] == [("failed", 1)]
    assert f"flow={run.flow_id}" in of_one.totals[0].url
    assert browser(charlie).get("/flows/runs/").context["dashboard"] is None


def test_parts_of_a_bar_stand_upon_each_other(run_of, mine):
    run_of({"Say": HELLO}, {"word": "x"})
    run_of(FAILS)

    marks = mine.get("/flows/runs/").context["dashboard"].figure.drawing.marks

    below, above = marks
    assert (below.x, round(above.y + above.height, 1)) == (above.x, below.y)
    assert 'class="run-bad"' in text(mine.get("/flows/runs/"))
