"""Two collections of Alice's, on two folders of this machine, and a mover that is called by hand."""

import hashlib
import os
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.utils import timezone

from apps.common.beats import beating
from apps.storage import services as storage
from apps.storage.types import FilePath
from apps.transfer import mover
from apps.transfer import services as transfer
from apps.transfer.types import Options, Submission, Wish
from tests.storage.beamline import server, token
from tests.storage.beamline import transfer as client

__all__ = ["client", "server", "token"]


@pytest.fixture
def alice(alice):
    """She makes collections, so she administers the portal."""
    alice.is_superuser = True
    alice.save(update_fields=["is_superuser"])
    return alice


@pytest.fixture
def make_place(alice, tmp_path):
    def make(name):
        root = tmp_path / name
        root.mkdir()
        return storage.create_collection(actor=alice, name=name, kind="posix", settings={"root": str(root)})

    return make


@pytest.fixture
def source(make_place):
    return make_place("source")


@pytest.fixture
def destination(make_place):
    return make_place("destination")


@pytest.fixture
def here(tmp_path, source):
    return tmp_path / "source"


@pytest.fixture
def there(tmp_path, destination):
    return tmp_path / "destination"


def fill(folder: Path, **sizes):
    """Files by their names, ``__`` standing for ``/``, of so many random bytes."""
    for name, size in sizes.items():
        file = folder / name.replace("__", "/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(os.urandom(size))


def tree(folder: Path):
    """All that is below, folders by None and files by their checksum."""
    found = sorted(folder.rglob("*"))
    return {str(one.relative_to(folder)): _told(one) for one in found}


def _told(one):
    if one.is_symlink():
        return f"-> {one.readlink()}"
    return hashlib.sha256(one.read_bytes()).hexdigest() if one.is_file() else None


def wish(source, destination=None, **more):
    return Wish(FilePath.parse(destination or source), FilePath.parse(source), **more)


@pytest.fixture
def submit(alice, source, destination):
    def submit(*items, actor=alice, submission_id=None, deadline=None, **options):
        items = items or [wish("/run", "/run")]
        asked = Submission(items, Options(**options), deadline=deadline, submission_id=submission_id)
        return transfer.submit_transfer(actor=actor, source=source, destination=destination, asked=asked)[0]

    return submit


@pytest.fixture
def delete(alice, destination):
    def delete(*paths, pattern="", **options):
        items = [Wish(FilePath.parse(path), pattern=pattern) for path in paths]
        asked = Submission(items, Options(**options))
        return transfer.submit_delete(actor=alice, collection=destination, asked=asked)[0]

    return delete


@pytest.fixture
def moved():
    """The task after everything that is due was done."""

    def moved(task):
        mover.work(clock=timezone.now)
        task.refresh_from_db()
        return task

    return moved


@contextmanager
def mover_running():
    """A mover that looks for tasks until the end, as a worker does."""
    with beating(lambda: mover.work(clock=timezone.now), every_s=0.05, what="transfers"):
        yield
