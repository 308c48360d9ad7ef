"""What became of each file: a page at a time, and all as a file."""

import csv
import hashlib
import json
import os
from io import StringIO

import pytest

from tests.transfer.conftest import fill, wish

pytestmark = pytest.mark.django_db(transaction=True)


def address(task, name):
    return f"/tasks/{task.pk}/files/{name}"


def whole(answer):
    return b"".join(answer.streaming_content).decode()


def test_files_are_shown_a_page_at_a_time(mine, here, submit, moved, monkeypatch):
    monkeypatch.setattr("apps.web.tasks.ledger.SIZE", 2)
    fill(here / "run", a=1, b=1, c=1)
    task = moved(submit())

    first = mine.get(address(task, "transferred/")).context
    second = mine.get(address(task, "transferred/") + first["next_url"]).context

    assert [[line.path for line in one["lines"]] for one in (first, second)] == [["/run/a", "/run/b"], ["/run/c"]]
    assert second["next_url"] == ""


def test_all_of_them_are_downloaded_with_their_checksums(mine, here, submit, moved):
    fill(here / "run", a=10)
    task = moved(submit(wish("/run/a", algorithm="sha256")))

    lines = [json.loads(line) for line in whole(mine.get(address(task, "transferred.ndjson"))).splitlines()]
    rows = list(csv.DictReader(StringIO(whole(mine.get(address(task, "transferred.csv"))))))

    assert [(one["source"], one["bytes"], one["algorithm"]) for one in lines] == [("/run/a", 10, "sha256")]
    checksum = hashlib.sha256((here / "run" / "a").read_bytes()).hexdigest()
    assert [one["checksum"] for one in (*lines, *rows)] == [checksum] * 2


def test_names_that_are_no_text_or_look_like_formulas_are_shown_and_downloaded(mine, here, submit, moved):
    fill(here / "run", **{"=1+1": 1})
    (here / "run" / os.fsdecode(b"\xff<b>")).write_bytes(b"x")
    task = moved(submit())

    page = mine.get(address(task, "transferred/")).content.decode()
    raw = [json.loads(line)["source"] for line in whole(mine.get(address(task, "transferred.ndjson"))).splitlines()]

    assert "/run/�&lt;b&gt;" in page
    assert sorted(map(os.fsencode, raw)) == [b"/run/=1+1", b"/run/\xff<b>"]
    assert "�" in whole(mine.get(address(task, "transferred.csv")))


def test_what_was_skipped_failed_deleted_or_there_already_has_its_page(mine, here, there, submit, delete, moved):
    fill(here, a=1)
    fill(there, old=1)
    moved(submit(wish("/a")))
    again = moved(submit(wish("/a"), wish("/missing"), sync_level=3, skip_source_errors=True))
    gone = moved(delete("/old"))

    shown = {name: mine.get(address(again, f"{name}/")).context["lines"] for name in ("same", "skipped", "failed")}

    assert {name: [line.path for line in lines] for name, lines in shown.items()} == {
        "same": ["/a"],
        "skipped": ["/missing"],
        "failed": [],
    }
    assert shown["skipped"][0].problem.code == "FILE_NOT_FOUND"
    assert [line.path for line in mine.get(address(gone, "deleted/")).context["lines"]] == ["/old"]


def test_an_outcome_that_there_is_not_is_not_there(mine, submit):
    assert mine.get(address(submit(), "nonsense/")).status_code == 404
