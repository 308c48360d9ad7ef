"""What a submission may ask for, one option at a time."""

import hashlib
import os
from datetime import UTC, datetime

import pytest

from apps.transfer.errors import InvalidTask
from apps.transfer.types import FilterRule, Submission
from tests.transfer.conftest import fill, tree, wish

pytestmark = pytest.mark.django_db(transaction=True)
LONG_AGO = datetime(2001, 2, 3, 4, 5, 6, tzinfo=UTC).timestamp()


def test_filter_rules_are_asked_in_their_order(here, there, submit, moved):
    fill(here / "run", a__x=1, logs__y=1, **{"keep.log": 1, "b.log": 1, "c.cbf": 1})
    rules = (FilterRule(True, "keep.*"), FilterRule(False, "*.log", "file"), FilterRule(False, "logs", "dir"))

    assert moved(submit(filter_rules=rules)).status == "SUCCEEDED"

    assert sorted(tree(there / "run")) == ["a", "a/x", "c.cbf", "keep.log"]


def test_what_filter_rules_leave_out_is_no_extra(here, there, submit, moved):
    fill(here / "run", a=1)
    fill(there / "run", old=1, **{"mine.log": 1})

    moved(submit(filter_rules=(FilterRule(False, "*.log"),), delete_destination_extra=True))

    assert sorted(tree(there / "run")) == ["a", "mine.log"]


def test_extras_stay_when_something_could_not_be_sent(here, there, submit, moved):
    fill(here / "run", a=1)
    fill(there / "run", old=1)

    task = moved(submit(wish("/run"), wish("/missing"), delete_destination_extra=True, skip_source_errors=True))

    assert task.status == "SUCCEEDED"
    assert sorted(tree(there / "run")) == ["a", "old"]
    assert task.events.filter(code="EXTRA_KEPT").exists()


@pytest.mark.parametrize("size", [100, 20 << 20])
def test_a_checksum_that_is_given_must_be_that_of_the_file(here, there, submit, moved, size):
    fill(here, a=size)
    right = hashlib.sha256((here / "a").read_bytes()).hexdigest()

    wrong = moved(submit(wish("/a", checksum="0" * 64, algorithm="sha256")))
    assert (wrong.status, wrong.fatal_code, tree(there)) == ("FAILED", "VERIFY_CHECKSUM", {})

    task = moved(submit(wish("/a", checksum=right.upper(), algorithm="sha256")))
    assert (task.status, tree(there)) == ("SUCCEEDED", {"a": right})
    assert task.ledger.get().checksum == right


@pytest.mark.parametrize(
    ("level", "sent"), [(None, 4), (0, 1), (1, 2), (2, 3), (3, 3)], ids=["all", "exists", "size", "time", "checksum"]
)
def test_a_sync_level_says_what_is_sent_again(here, there, submit, moved, level, sent):
    fill(here / "run", same=10, longer=10, newer=10, missing=10)
    fill(there / "run", longer=5, newer=10)
    (there / "run" / "same").write_bytes((here / "run" / "same").read_bytes())
    os.utime(here / "run" / "same", (LONG_AGO, LONG_AGO))
    os.utime(there / "run" / "newer", (LONG_AGO, LONG_AGO))

    task = moved(submit(sync_level=level))

    assert (task.status, task.files_done, task.files_same) == ("SUCCEEDED", sent, 4 - sent)


@pytest.mark.parametrize("size", [10, 20 << 20])
def test_the_time_of_a_file_is_kept_if_asked(here, there, submit, moved, size):
    fill(here, a=size)
    os.utime(here / "a", (LONG_AGO, LONG_AGO))

    moved(submit(wish("/a", "/kept"), preserve_timestamp=True))
    moved(submit(wish("/a", "/new")))

    assert (there / "kept").stat().st_mtime == LONG_AGO
    assert (there / "new").stat().st_mtime > LONG_AGO


def test_links_are_left_out_and_never_followed(here, there, submit, moved, tmp_path):
    fill(here / "run", a=1)
    (tmp_path / "secret").write_text("nobody knows")
    (here / "run" / "out").symlink_to(tmp_path / "secret")
    (here / "run" / "up").symlink_to("..")
    os.mkfifo(here / "run" / "pipe")

    task = moved(submit())

    assert task.status == "SUCCEEDED"
    assert sorted(tree(there / "run")) == ["a"]


def test_links_are_kept_as_they_are_written_if_asked(here, there, submit, moved, tmp_path):
    fill(here / "run", a=1)
    (tmp_path / "secret").write_text("nobody knows")
    (here / "run" / "out").symlink_to(tmp_path / "secret")
    (here / "run" / "up").symlink_to("../nowhere")

    for _ in range(2):  # what is there already is as good
        task = moved(submit(recursive_symlinks="keep"))
        assert (task.status, task.links, task.bytes_sent) == ("SUCCEEDED", 2, 1)

    assert tree(there / "run") == tree(here / "run")
    (there / "run" / "up").unlink()
    (there / "run" / "up").symlink_to("elsewhere")
    assert moved(submit(recursive_symlinks="keep")).fatal_code == "EXISTS"


def test_one_link_is_sent_as_a_link(here, there, submit, moved):
    fill(here, a=1)
    (here / "link").symlink_to("a")

    assert moved(submit(wish("/link", "/new/link", is_link=True))).status == "SUCCEEDED"
    assert moved(submit(wish("/link", "/copied"))).fatal_code == "NOT_A_FILE"

    assert tree(there) == {"new": None, "new/link": "-> a"}


def test_a_file_goes_into_a_folder_that_is_written_as_one(here, there, submit, moved):
    fill(here, a=1)
    fill(there, sub__b=1)

    assert moved(submit(wish("/a", "/sub/", is_into=True))).status == "SUCCEEDED"
    assert moved(submit(wish("/a", "/sub"))).fatal_code == "NOT_A_FILE"

    assert sorted(tree(there)) == ["sub", "sub/a", "sub/b"]


@pytest.mark.parametrize("told", [("/run", "/run"), ("/run", "/run/deeper"), ("/", "/run")])
def test_nothing_is_sent_onto_or_into_itself(here, source, alice, told):
    from apps.transfer import services as transfer

    fill(here / "run", a=1)

    with pytest.raises(InvalidTask, match="itself"):
        transfer.submit_transfer(actor=alice, source=source, destination=source, asked=Submission([wish(*told)]))


def test_two_files_do_not_go_to_one_place(here, submit):
    fill(here, a=1, b=1)

    with pytest.raises(InvalidTask, match="Another item"):
        submit(wish("/a", "/c"), wish("/b", "/c"))


def test_a_pattern_deletes_what_a_shell_would(there, delete, moved):
    fill(there / "d", one=1, two=1, **{".one": 1})

    assert moved(delete("/d", pattern="*o*", is_recursive=True)).status == "SUCCEEDED"
    assert list(tree(there / "d")) == [".one"]
    assert moved(delete("/d", pattern="none*")).fatal_code == "FILE_NOT_FOUND"
    assert moved(delete("/d", pattern="none*", ignore_missing=True)).status == "SUCCEEDED"


def test_a_folder_that_is_not_empty_stays_without_recursion(there, delete, moved):
    fill(there, d__a=1)

    assert moved(delete("/d")).fatal_code == "DIRECTORY_NOT_EMPTY"
    assert sorted(tree(there)) == ["d", "d/a"]
