"""A folder of this machine tells what changes in it, and misses nothing."""

import ctypes
import logging
import os
import shutil
import subprocess
import sys
from contextlib import ExitStack
from errno import EMFILE, ENOSPC
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

import pytest
from inotify_simple import INotify

from apps.storage.backends.posix import PosixStorage
from apps.storage.errors import CannotWatch, IllegalPath, NoSuchFile
from apps.storage.types import Changes, FilePath
from tests.storage import unruly
from tests.storage.hostile import ONLY_OUTSIDE, SECRET_NAME, World, descriptors
from tests.storage.swapping import swapping
from tests.waiting import until

ROOT = FilePath()
MOST_EVENTS = int(Path("/proc/sys/fs/inotify/max_queued_events").read_text())


@pytest.fixture
def here(tmp_path):
    """The folder that is watched."""
    folder = tmp_path / "base" / "here"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def storage(here):
    return PosixStorage(root=str(here.parent))


@pytest.fixture
def watching(storage):
    """``watching(is_recursive=True)`` begins a watch of the folder."""
    watches = []

    def begin(*, is_recursive=True):
        watch = storage.watch(ROOT / "here", is_recursive=is_recursive)
        watches.append(watch)
        return watch

    yield begin
    for one in watches:
        one.close()


@pytest.fixture
def watch(watching):
    return watching()


def heard(watch):
    """What was told until now: paths from the watched folder on."""
    changes = watch.changes(wait_s=0)
    return shown(changes.touched), shown(changes.gone)


def shown(paths):
    return {"/".join(path.names[1:]) for path in paths}


# --- files ----------------------------------------------------------------------------------------------------------


def test_what_is_written_made_moved_there_and_changed_is_told(here, watching, tmp_path):
    (here / "old").touch()
    (tmp_path / "away").touch()
    watch = watching(is_recursive=False)

    (here / "new").write_bytes(b"data")
    (here / "old").chmod(0o600)
    (tmp_path / "away").rename(here / "moved")
    (here / "second").hardlink_to(here / "moved")

    assert heard(watch) == ({"new", "old", "moved", "second"}, set())
    assert heard(watch) == (set(), set())


def test_what_is_deleted_or_moved_away_is_told(here, watching, tmp_path):
    for name in ("deleted", "away", "renamed"):
        (here / name).touch()
    watch = watching(is_recursive=False)

    (here / "deleted").unlink()
    (here / "away").rename(tmp_path / "away")
    (here / "renamed").rename(here / "new")

    assert heard(watch) == ({"new"}, {"deleted", "away", "renamed"})


def test_each_file_is_told_once_and_as_it_is_at_the_end(here, watch):
    for _ in range(3):
        (here / "again").write_bytes(b"data")
        (here / "went").touch()
        (here / "went").unlink()
    changes = watch.changes(wait_s=0)

    assert [path.name for path in changes.touched] == ["again"]
    assert [path.name for path in changes.gone] == ["went"]


def test_what_was_there_before_is_not_told(here, watching):
    (here / "folder").mkdir()
    (here / "folder" / "file").touch()

    assert heard(watching()) == (set(), set())


def test_files_that_change_places_are_both_there(here, watch):
    (here / "one").touch()
    (here / "other").touch()
    heard(watch)

    exchange(here / "one", here / "other")

    assert heard(watch) == ({"one", "other"}, set())


def test_a_file_and_a_folder_that_change_places_are_both_told(here, watch):
    (here / "one").touch()
    (here / "other").mkdir()
    (here / "other" / "file").touch()
    heard(watch)

    exchange(here / "one", here / "other")

    assert heard(watch) == ({"one", "one/file", "other"}, {"other"})


def exchange(one, other):
    assert ctypes.CDLL(None).renameat2(-100, os.fsencode(one), -100, os.fsencode(other), 2) == 0


def test_a_name_that_is_no_text_is_told_as_the_listing_does(here, watch, storage):
    (here / os.fsdecode(b"\xff\xfe")).touch()

    [path] = watch.changes(wait_s=0).touched

    assert [entry.path for entry in storage.list(ROOT / "here")] == [path]


def test_uploads_are_told_when_they_are_there(here, watch, storage):
    path = ROOT / "here" / "file"
    upload = storage.begin(path, 4, chunk_size=4)
    receipts = {0: storage.write_chunk(upload, 0, b"data")}
    assert watch.changes(wait_s=0) == Changes()

    storage.commit(upload, receipts)

    assert watch.changes(wait_s=0) == Changes(touched=(path,))


# --- waiting --------------------------------------------------------------------------------------------------------


def test_nothing_is_told_after_the_wait(watch):
    began = monotonic()

    assert watch.changes(wait_s=0.2) == Changes()
    assert 0.2 <= monotonic() - began < 2


def test_an_answer_comes_as_soon_as_there_is_one(here, watch):
    writes = "import pathlib, sys; pathlib.Path(sys.argv[1]).touch()"
    with subprocess.Popen([sys.executable, "-c", writes, str(here / "file")]):
        began = monotonic()
        changes = watch.changes(wait_s=60)

    assert shown(changes.touched) == {"file"}
    assert monotonic() - began < 30


def test_what_is_not_told_does_not_end_the_wait(here, watch, storage):
    """An upload that is under way makes events all the time."""
    storage.begin(ROOT / "here" / "file", 4, chunk_size=4)
    began = monotonic()

    assert watch.changes(wait_s=0.2) == Changes()
    assert monotonic() - began >= 0.2


# --- folders --------------------------------------------------------------------------------------------------------


def test_folders_below_are_let_be_without_recursion(here, watching):
    (here / "old").mkdir()
    watch = watching(is_recursive=False)

    (here / "old" / "file").touch()
    (here / "new").mkdir()
    (here / "new" / "file").touch()
    shutil.rmtree(here / "old")

    assert heard(watch) == (set(), set())


def test_new_folders_are_watched_and_what_is_in_them_already_is_told(here, watch):
    (here / "a/b/c").mkdir(parents=True)
    (here / "a/b/c/first").touch()
    assert heard(watch) == ({"a/b/c/first"}, set())

    (here / "a/b/second").touch()
    (here / "a/b/c/third").touch()

    assert heard(watch) == ({"a/b/second", "a/b/c/third"}, set())


def test_a_folder_that_is_moved_in_is_told_with_all_that_it_holds(here, watch, tmp_path):
    (tmp_path / "away/deep").mkdir(parents=True)
    (tmp_path / "away/deep/file").touch()

    (tmp_path / "away").rename(here / "in")
    (here / "in/deep/later").touch()

    assert heard(watch) == ({"in/deep/file", "in/deep/later"}, set())


def test_a_renamed_folder_is_gone_here_and_told_there(here, watching):
    (here / "old/deep").mkdir(parents=True)
    (here / "old/deep/file").touch()
    watch = watching()

    (here / "old").rename(here / "new")
    assert heard(watch) == ({"new/deep/file"}, {"old"})

    (here / "new/deep/later").touch()
    assert heard(watch) == ({"new/deep/later"}, set())


def test_nothing_is_told_of_a_folder_that_was_moved_away(here, watching, tmp_path):
    (here / "folder/deep").mkdir(parents=True)
    watch = watching()

    (here / "folder").rename(tmp_path / "away")
    (tmp_path / "away/deep/secret").touch()

    assert heard(watch) == (set(), {"folder"})
    (tmp_path / "away/secret").touch()
    assert heard(watch) == (set(), set())


def test_folders_that_change_places_are_told_and_watched_on(here, watch):
    for name in ("one", "other"):
        (here / name).mkdir()
        (here / name / f"in-{name}").touch()
    heard(watch)

    exchange(here / "one", here / "other")
    assert heard(watch) == ({"one/in-other", "other/in-one"}, {"one", "other"})

    (here / "one/later").touch()
    (here / "other/later").touch()
    assert heard(watch) == ({"one/later", "other/later"}, set())


def test_a_folder_that_is_deleted_and_made_again_is_watched_anew(here, watch):
    for _ in range(3):
        (here / "folder").mkdir()
        (here / "folder/file").touch()
        shutil.rmtree(here / "folder")
    (here / "folder").mkdir()
    heard(watch)

    (here / "folder/file").touch()

    assert heard(watch) == ({"folder/file"}, set())


def test_a_folder_of_very_many_files_is_told_bit_by_bit(here, watch, tmp_path):
    names = {str(number) for number in range(25_000)}
    (tmp_path / "many").mkdir()
    for name in names:
        (tmp_path / "many" / name).touch()

    (tmp_path / "many").rename(here / "many")
    answers = [watch.changes(wait_s=0).touched for _ in range(3)]

    assert [len(touched) for touched in answers] == [10_000, 10_000, 5_000]
    assert {path.name for touched in answers for path in touched} == names
    assert watch.changes(wait_s=0) == Changes()


# --- what must not be told ------------------------------------------------------------------------------------------


def test_links_are_not_followed(tmp_path):
    world = World(tmp_path)
    world.lay_links()
    before = descriptors()
    watch = PosixStorage(root=str(world.base)).watch(ROOT, is_recursive=True)

    (world.outside / "vault" / "new").touch()
    (world.outside / "empty" / "new").touch()
    (world.base / "later").symlink_to(world.outside / "vault")

    assert watch.changes(wait_s=0) == Changes(touched=(ROOT / "later",))
    watch.close()
    assert descriptors() == before


def test_a_link_cannot_be_watched(tmp_path):
    world = World(tmp_path)
    world.lay_links()
    storage = PosixStorage(root=str(world.base))

    for name in ("to-folder", "relative", "up", "to-root", "stays", "chain"):
        with pytest.raises(NoSuchFile):
            storage.watch(ROOT / name, is_recursive=True)


def test_a_link_that_is_swapped_in_is_not_followed(tmp_path):
    world = World(tmp_path)
    (world.base / "trap").symlink_to(world.outside / "vault")
    storage, told = PosixStorage(root=str(world.base)), set()

    with swapping((world.base / "inside", world.base / "trap")):
        for number in range(100):
            watch = storage.watch(ROOT, is_recursive=True)
            (world.outside / "vault" / f"{ONLY_OUTSIDE}{number}").touch()
            told |= {path.name for path in watch.changes(wait_s=0).touched}
            watch.close()

    assert {"inside", "trap"} & told
    assert not any(name.startswith(ONLY_OUTSIDE) or name == SECRET_NAME for name in told)


def test_hidden_folders_are_neither_watched_nor_told(here, watch, storage):
    (here / ".vitrine-folder").mkdir()
    (here / ".vitrine-folder" / "file").touch()

    assert heard(watch) == (set(), set())
    with pytest.raises(IllegalPath):
        storage.watch(ROOT / "here" / ".vitrine-folder", is_recursive=True)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_a_folder_that_the_portal_may_not_read_is_watched_when_it_may():
    with TemporaryDirectory(dir="/dev/shm") as name, ExitStack() as stack:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "closed").mkdir(mode=0o700)
        (folder / "closed" / "file").touch()
        stack.callback(os.seteuid, 0)
        os.seteuid(65534)
        watch = PosixStorage(root=name).watch(ROOT, is_recursive=True)
        stack.callback(watch.close)
        assert watch.changes(wait_s=0) == Changes()

        os.seteuid(0)
        (folder / "closed").chmod(0o755)
        os.seteuid(65534)

        assert watch.changes(wait_s=0) == Changes(touched=(ROOT / "closed" / "file",))


# --- when it cannot go on -------------------------------------------------------------------------------------------


def test_what_the_system_lost_is_said_and_the_watch_goes_on(here, watch):
    (here / "made").mkdir()
    for number in range(MOST_EVENTS // 2):
        (here / str(number)).touch()
    (here / "lost").mkdir()

    assert watch.changes(wait_s=0) == Changes(is_complete=False)
    (here / "lost" / "file").touch()
    (here / "made" / "file").touch()
    assert heard(watch) == ({"lost/file", "made/file"}, set())


def delete(folder):
    folder.rmdir()


def replace(folder):
    folder.rmdir()
    folder.mkdir()


def move_away(folder):
    folder.rename(folder.with_name("elsewhere"))


def move_all_away(folder):
    folder.parent.rename(folder.parent.with_name("elsewhere"))
    folder.mkdir(parents=True)


def put_a_link_there(folder):
    move_away(folder)
    folder.symlink_to("elsewhere")


@pytest.mark.parametrize("change", [delete, replace, move_away, move_all_away, put_a_link_there])
def test_a_folder_that_is_not_there_any_more_is_no_longer_watched(here, watch, change):
    change(here)

    for _ in range(2):
        with pytest.raises(NoSuchFile):
            watch.changes(wait_s=60 if change is not move_all_away else 0)


def test_there_is_nothing_to_watch_where_nothing_is(here, storage):
    (here / "file").touch()

    for name in ("file", "nothing"):
        with pytest.raises(NoSuchFile):
            storage.watch(ROOT / "here" / name, is_recursive=False)


@pytest.mark.parametrize("call", ["add_watch", "__init__"])
@pytest.mark.parametrize(("error", "limit"), [(ENOSPC, "max_user_watches"), (EMFILE, "max_user_instances")])
def test_a_limit_of_the_kernel_is_told_and_the_folder_is_listed(storage, monkeypatch, caplog, call, error, limit):
    before = descriptors()
    monkeypatch.setattr(INotify, call, refuse(error))

    with caplog.at_level(logging.WARNING):
        assert storage.watch(ROOT / "here", is_recursive=True) is None

    assert f"fs.inotify.{limit}" in caplog.text
    assert descriptors() == before


def test_a_limit_that_is_met_later_is_an_error(here, watch, monkeypatch):
    monkeypatch.setattr(INotify, "add_watch", refuse(ENOSPC))
    (here / "one too many").mkdir()

    with pytest.raises(CannotWatch, match="max_user_watches"):
        watch.changes(wait_s=0)


def refuse(error):
    def call(*_, **__):
        raise OSError(error, os.strerror(error))

    return call


def test_a_file_system_that_others_may_write_is_not_watched():
    assert PosixStorage(root="/proc").watch(ROOT / "tty", is_recursive=False) is None


# --- all at once ----------------------------------------------------------------------------------------------------


@pytest.fixture
def others(here, tmp_path):
    """``others(seed)`` begins three processes that do all that can be done there, and moves things in and out."""
    beside = tmp_path / "beside"
    beside.mkdir()
    with ExitStack() as stack:

        def begin(seed):
            told = ["1500", str(here), str(beside)]
            commands = [[sys.executable, unruly.__file__, str(seed * 10 + number), *told] for number in range(3)]
            several = [stack.enter_context(subprocess.Popen(command)) for command in commands]
            for one in several:
                stack.callback(one.kill)
            return several

        yield begin


@pytest.mark.parametrize("seed", range(3))
def test_nothing_is_missed_however_unruly_others_are(here, watch, others, seed):
    known, several = set(), others(seed)

    def are_done():
        learn(known, watch.changes(wait_s=0.05), here)
        return all(one.poll() is not None for one in several)

    until(are_done, within_s=120)
    while (changes := watch.changes(wait_s=0)) != Changes():
        learn(known, changes, here)
    assert [one.returncode for one in several] == [0, 0, 0]
    assert {str(path.relative_to(here)) for path in here.rglob("*") if path.is_file()} - known == set()


def learn(known, changes, here):
    """As whoever listens does: what is gone goes with all below it, and then what was touched is looked at."""
    gone = shown(changes.gone)
    known -= {path for path in known if any(path == one or path.startswith(f"{one}/") for one in gone)}
    known |= {path for path in shown(changes.touched) if (here / path).is_file()}
    assert changes.is_complete
