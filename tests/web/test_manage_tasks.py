"""Tasks of an index: how far they are, and what was not taken."""

import csv
import io

import pytest
from django.utils import timezone

from apps.search import services as search
from apps.search.models import Failure, Task
from apps.search.types import Problem
from tests.web.conftest import entry

AT = "/crystals/manage/tasks/"


@pytest.fixture
def alices(client, index, alice):
    client.force_login(alice)
    return client


@pytest.fixture
def task(index):
    """A task of which 150 documents were not taken."""
    made = Task.objects.create(
        index=index,
        task_type=Task.Type.INGEST,
        state=Task.State.FAILED,
        created_at=timezone.now(),
        heard_at=timezone.now(),
        documents=200,
        done=50,
        failed=150,
    )
    reasons = ["=1+1", "is too large"] * 75
    Failure.objects.bulk_create(
        Failure(task=made, number=n, subject=f"s{n}", path="a.b", reason=reason) for n, reason in enumerate(reasons)
    )
    return made


def test_each_task_has_its_state_in_words_and_its_numbers(alices, index, put, alice):
    put(index, alice, entry("a"), entry("b"), Problem("c", "", "not so"))
    search.submit_entries(index=index, actor=alice, entries=[entry("d")])

    waiting, done = alices.get(AT).context["tasks"]

    assert (waiting.state, waiting.documents, waiting.completed_at) == ("Waiting", "1", None)
    assert (done.type, done.state, done.done, done.failed) == ("Ingest", "Failed in part", "2", "1")


def test_the_list_asks_again_while_something_is_in_progress(alices, index, put, alice):
    put(index, alice, entry("a"))
    assert alices.get(AT).context["refresh"] == 0

    search.submit_entries(index=index, actor=alice, entries=[entry("d")])

    assert b'data-refresh="3"' in alices.get(AT).content


def test_what_was_not_taken_is_paged_in_order(alices, task):
    first, second = (alices.get(f"{AT}{task.pk}/?page={page}").context for page in (1, 2))

    assert [one.number for one in first["failures"]] == list(range(100))
    assert (second["pages"].text, second["pages"].next_url) == ("101 to 150 of 150", "")


def test_all_that_was_not_taken_is_downloaded_and_runs_in_no_spreadsheet(alices, task):
    answer = alices.get(f"{AT}{task.pk}/failures.csv")

    rows = list(csv.reader(io.StringIO(answer.getvalue().decode())))
    assert answer["Content-Type"].startswith("text/csv")
    assert (len(rows), rows[0], rows[1]) == (151, ["number", "subject", "path", "reason"], ["0", "s0", "a.b", "'=1+1"])


def test_a_task_of_another_index_is_not_here(alices, task, alice, bob, client):
    search.create_index(actor=alice, display_name="New", slug="new")

    assert alices.get(f"/new/manage/tasks/{task.pk}/").status_code == 404
    client.force_login(bob)
    assert client.get(f"{AT}{task.pk}/").status_code == 404
