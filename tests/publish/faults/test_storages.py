"""The storage of the files is full, may not be written to, or is gone."""

import pytest

from apps.publish.models import Submission
from tests.publish.faults.broken import FULL_AT, full_disk, gone, read_only

State = Submission.State


@pytest.fixture
def archive_folder(tmp_path):
    return tmp_path / "archive"


def test_a_full_storage_leaves_nothing(sent, work, undone, tmp_path):
    """Two of three files have their place, and the third does not."""
    with (tmp_path / "staging" / "chip" / "large").open("wb") as large:
        large.truncate(FULL_AT + 1)

    with full_disk():
        done = work(sent())

    assert undone(done)
    assert "room" in done.trouble


def test_a_folder_that_may_not_be_written_to_leaves_nothing(sent, work, undone, archive_folder):
    with read_only(archive_folder):
        done = work(sent())

    assert undone(done)


def test_what_may_not_be_taken_away_is_taken_away_later(sent, work, undone, at, cancel, away, archive_folder):
    at("permit", lambda: (away.begin(read_only(archive_folder)), cancel()))

    waits = work(sent(), rounds=8)
    assert waits.state == State.UNDOING
    away.end()

    assert undone(work(waits, each_s=60))


@pytest.mark.parametrize("step", ["copy", "permit"])
def test_a_storage_that_is_gone_is_waited_for(sent, work, at, away, archive_folder, step):
    at(step, lambda: away.begin(gone(archive_folder)))

    waits = work(sent(), rounds=5)
    away.end()

    assert (waits.state == State.PUBLISHING) is (step == "copy")  # the files alone have to be there
    assert work(waits, each_s=60).state == State.PUBLISHED


@pytest.mark.parametrize("step", ["copy", "permit", "ingest"])
def test_undoing_waits_for_a_storage_that_is_gone(sent, work, undone, at, cancel, away, archive_folder, step):
    at(step, lambda: (away.begin(gone(archive_folder)), cancel()))

    waits = work(sent(), rounds=8)
    assert waits.state == State.UNDOING
    away.end()

    assert undone(work(waits, each_s=60))
