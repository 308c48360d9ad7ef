"""A collection tells what changes in it to those who may read there, in its own paths."""

import pytest

from apps.storage import services as storage
from apps.storage.errors import AccessDenied
from apps.storage.types import Changes, FilePath

pytestmark = pytest.mark.django_db

RUN = FilePath.parse("/open/run7")
FILE = RUN / "file"


def watched(collection, actor, path, touch):
    """What is told while ``touch`` is called."""
    with storage.opened(collection, actor=actor) as files:
        watch = files.watch(path, is_recursive=True)
        touch()
        told = watch.changes(wait_s=10)
        watch.close()
    return told


def test_members_of_the_team_are_told_what_comes_into_their_folder(shared, bob, root):
    told = watched(shared, bob, RUN, (root / "open/run7/file").touch)

    assert told == Changes(touched=(FILE,))


def test_a_shared_folder_tells_its_own_paths(beamline, alice, root):
    guest = storage.share_folder(actor=alice, parent=beamline, path=RUN, name="Run 7")
    (root / "open/run7/old").touch()

    told = watched(guest, alice, FilePath(), lambda: (root / "open/run7/old").rename(root / "open/run7/new"))

    assert told == Changes(touched=(FilePath(("new",)),), gone=(FilePath(("old",)),))


def test_nobody_is_told_of_what_they_may_not_read(shared, bob, charlie):
    for actor, path in ((bob, FilePath.parse("/secret")), (bob, FilePath()), (charlie, RUN), (None, RUN)):
        with storage.opened(shared, actor=actor) as files, pytest.raises(AccessDenied):
            files.watch(path, is_recursive=False)


def test_readers_ask_whether_a_file_is_being_written_and_strangers_do_not(shared, bob, charlie, root):
    with (root / "open/run7/file").open("wb"), storage.opened(shared, actor=bob) as files:
        assert files.being_written(FILE) is True
    with storage.opened(shared, actor=bob) as files:
        assert files.being_written(FILE) is False
    with storage.opened(shared, actor=charlie) as files, pytest.raises(AccessDenied):
        files.being_written(FILE)
