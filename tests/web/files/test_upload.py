"""Uploads by a form, where no script runs."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.web.files.conftest import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def upload(client, bob, at):
    """Sends files as Bob's browser does: names and their bytes."""
    client.force_login(bob)

    def upload(path, files, **told):
        given = [SimpleUploadedFile(name, data) for name, data in files.items()]
        return client.post(at("upload/", path), {"files": given, **told}, follow=True)

    return upload


def test_several_files_are_written_under_their_names(upload, root):
    page = upload("/open/run7/", {"a.txt": b"a", "große #1.bin": bytes(9_000_000)})

    assert "2 files are uploaded." in text_of(page)
    assert {one.name: one.stat().st_size for one in (root / "open" / "run7").iterdir()} == {
        "a.txt": 1,
        "große #1.bin": 9_000_000,
    }


def test_a_file_is_replaced_only_when_asked(upload, root):
    upload("/open/run7/", {"a.txt": b"old"})
    page = upload("/open/run7/", {"a.txt": b"new", "b.txt": b"b"})
    assert (page.status_code, "a.txt: There is a file of this name already." in text_of(page)) == (400, True)
    assert (root / "open" / "run7" / "a.txt").read_text() == "old"
    assert (root / "open" / "run7" / "b.txt").read_text() == "b"

    upload("/open/run7/", {"a.txt": b"new"}, replace="on")
    assert (root / "open" / "run7" / "a.txt").read_text() == "new"


def test_only_where_one_may_write_files_are_taken(upload, root, client, at):
    assert upload("/open/", {"a.txt": b"a"}).status_code == 403
    assert upload("/secret/", {"a.txt": b"a"}).status_code == 403
    assert client.get(at("upload/", "/open/")).status_code == 403
    assert not list(root.glob("*/a.txt"))


def test_names_of_the_portals_own_and_no_files_are_told(upload, root):
    hidden = upload("/open/run7/", {".vitrine-x.part": b"a"})

    assert "Names that begin with" in text_of(hidden)
    assert "Choose files first." in text_of(upload("/open/run7/", {}))
    assert not list((root / "open" / "run7").iterdir())
