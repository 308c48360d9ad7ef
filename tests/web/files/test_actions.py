"""Making folders, renaming, downloading: by forms, within the rules."""

import io
import zipfile

import pytest

from tests.web.files.conftest import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def bobs(client, bob, shared):
    client.force_login(bob)
    return client


def test_a_folder_is_made_where_one_may_write(bobs, at, root):
    back = at("", "/open/run7/")
    made = bobs.post(at("new-folder/", "/open/run7/"), {"name": "chip 12", "back": back})

    assert (root / "open" / "run7" / "chip 12").is_dir()
    assert (made.status_code, made["Location"]) == (302, back)
    assert "The folder chip 12 is made." in text_of(bobs.get(back))
    assert bobs.post(at("new-folder/", "/open/"), {"name": "chip 12"}).status_code == 403
    assert not (root / "open" / "chip 12").exists()


@pytest.mark.parametrize(
    ("name", "told"), [("", "required"), ("a/b", "no /"), ("..", "leave out"), ("there", "already"), ("ä" * 200, "255")]
)
def test_a_name_that_cannot_be_is_told_beside_its_field(bobs, at, root, name, told):
    (root / "open" / "run7" / "there").mkdir()

    answer = bobs.post(at("new-folder/", "/open/run7/"), {"name": name})

    assert (answer.status_code, told in text_of(answer)) == (400, True)


def test_what_is_chosen_gets_another_name(bobs, at, root):
    (root / "open" / "run7" / "a.txt").write_text("x")
    asked = bobs.post(at("rename/", "/open/run7/"), {"a-chosen": ["a.txt"]})
    assert asked["Location"].startswith(at("rename/", "/open/run7/a.txt"))

    assert bobs.get(asked["Location"]).status_code == 200
    bobs.post(asked["Location"], {"name": "b.txt"})

    assert [one.name for one in (root / "open" / "run7").iterdir()] == ["b.txt"]
    assert bobs.post(at("rename/", "/open/read me.txt"), {"name": "mine.txt"}).status_code == 403


@pytest.mark.parametrize("chosen", [[], ["a", "b"]])
def test_one_thing_at_a_time_is_renamed(bobs, at, chosen):
    answer = bobs.post(at("rename/", "/open/run7/"), {"a-chosen": chosen}, follow=True)

    assert "Choose one file or folder to rename." in text_of(answer)


def test_a_file_is_downloaded_as_it_is_and_several_as_an_archive(bobs, at, root):
    (root / "open" / "run7" / "log.txt").write_text("long ago")
    one = bobs.post(at("download/", "/open/"), {"a-chosen": ["read me.txt"]})
    several = bobs.post(at("download/", "/open/"), {"a-chosen": ["read me.txt", "run7"]})

    archive = zipfile.ZipFile(io.BytesIO(b"".join(several.streaming_content)))
    assert one["Location"].endswith("/open/read%20me.txt?download")
    assert archive.testzip() is None
    assert archive.namelist() == ["read me.txt", "run7/", "run7/log.txt"]
    assert archive.read("run7/log.txt") == b"long ago"
    assert several["Content-Disposition"] == 'attachment; filename="open.zip"'


def test_an_archive_holds_no_more_than_one_may_read(bobs, at):
    answer = bobs.post(at("download/"), {"a-chosen": ["open", "secret"]}, follow=True)

    assert "You may not read /secret of “Beamline”." in text_of(answer)


def test_an_archive_has_a_bound(bobs, at, monkeypatch):
    monkeypatch.setattr("apps.web.files.archive.MOST_BYTES", 20)

    answer = bobs.post(at("download/", "/open/"), {"a-chosen": ["read me.txt", "page.html"]}, follow=True)

    assert "An archive holds at most 10,000 files or 20 bytes." in text_of(answer)


@pytest.mark.parametrize("back", ["//elsewhere.example/", "https://elsewhere.example/", "/account/", "/collections//x"])
def test_nobody_is_led_elsewhere_afterwards(bobs, at, shared, back):
    answer = bobs.post(at("new-folder/", "/open/run7/"), {"name": "x", "back": back})

    assert answer["Location"] in {f"/collections/{shared.pk}/?path=%2Fopen%2Frun7%2F", "/collections//x"}


def test_a_stranger_does_nothing_here(client, charlie, at, root):
    client.force_login(charlie)

    assert client.post(at("new-folder/", "/open/"), {"name": "x"}).status_code == 403
    assert client.post(at("rename/", "/open/page.html"), {"name": "x"}).status_code == 403
    assert client.post(at("download/", "/open/"), {"a-chosen": ["page.html"]})["Location"].startswith("/collections/")
    for page in ("preview", "rename/", "new-folder/"):
        assert client.get(at(page, "/open/page.html")).status_code == 403
    assert sorted(one.name for one in (root / "open").iterdir()) == ["page.html", "read me.txt", "run7"]
