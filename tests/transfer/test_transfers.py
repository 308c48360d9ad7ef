"""Files arrive whole, under their names, and the ledger says what became of each."""

import pytest

from apps.transfer import services as transfer
from tests.transfer.conftest import fill, tree, wish

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_folder_is_transferred_with_all_that_is_in_it(here, there, submit, moved):
    fill(here / "run", a=10, sub__b=0, sub__deep__c=100_000)
    (here / "run" / "empty").mkdir()

    task = moved(submit())

    assert (task.status, task.fatal_message) == ("SUCCEEDED", "")
    assert tree(there / "run") == tree(here / "run")
    assert (task.files, task.files_done, task.folders, task.bytes_sent) == (3, 3, 4, 100_010)


def test_a_large_file_is_sent_in_pieces(here, there, submit, moved):
    fill(here, big=40 << 20)

    task = moved(submit(wish("/big", "/new/folder/big")))

    assert task.status == "SUCCEEDED"
    assert tree(there)["new/folder/big"] == tree(here)["big"]
    assert [one.name for one in (there / "new" / "folder").iterdir()] == ["big"]


def test_nothing_is_sent_where_everything_is(here, there, submit, moved):
    fill(here / "run", a=10, b=20)
    moved(submit())

    again = moved(submit(sync_level=3))

    assert (again.status, again.files_done, again.files_same, again.bytes_sent) == ("SUCCEEDED", 0, 2, 0)


def test_a_file_that_is_not_there_fails_alone(here, there, submit, moved):
    fill(here, a=10)

    task = moved(submit(wish("/missing"), wish("/a")))

    assert (task.status, task.fatal_code) == ("FAILED", "FILE_NOT_FOUND")
    assert tree(there) == tree(here)
    assert [line.destination_key for line in transfer.failed_files(task)] == ["/missing"]


def test_what_is_missing_is_skipped_if_asked(here, there, submit, moved):
    fill(here, a=10)

    task = moved(submit(wish("/missing"), wish("/a"), skip_source_errors=True))

    assert task.status == "SUCCEEDED"
    assert [line.error_code for line in transfer.skipped_files(task)] == ["FILE_NOT_FOUND"]


def test_extra_files_of_the_destination_go_if_asked(here, there, submit, moved):
    fill(here / "run", a=10)
    fill(there / "run", old=5, older__deep__x=5)
    fill(there, beside=3)

    task = moved(submit(delete_destination_extra=True))

    assert task.status == "SUCCEEDED"
    assert sorted(tree(there)) == ["beside", "run", "run/a"]


def test_a_folder_is_deleted_with_all_that_is_in_it(there, delete, moved):
    fill(there, gone__a=1, gone__deep__b=2, kept=3)

    task = moved(delete("/gone", is_recursive=True))

    assert task.status == "SUCCEEDED"
    assert list(tree(there)) == ["kept"]
