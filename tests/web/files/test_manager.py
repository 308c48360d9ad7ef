"""The file manager: what is listed for whom, in which order, and how it is said when nothing can be."""

import os

import pytest

from apps.storage import services as storage
from apps.storage.types import FilePath
from apps.web.files import window
from tests.web.files.conftest import names, text_of

pytestmark = pytest.mark.django_db


def test_everybody_sees_what_the_rules_let_them_see(seen, alice, bob, charlie, nobody):
    assert names(seen(alice)) == ["open", "secret"]
    assert names(seen(bob)) == ["open"]
    assert names(seen(bob, "/open/")) == ["run7", "page.html", "read me.txt"]
    assert (seen(charlie).status_code, names(seen(charlie))) == (403, [])
    assert "Ask the owner, alice, for an access rule on /" in text_of(seen(charlie))


def test_nobody_sees_what_is_public_and_is_led_to_sign_in_elsewhere(seen, shared, alice, nobody):
    assert seen(nobody).status_code == 404
    storage.add_rule(collection=shared, actor=alice, principal="public", path=FilePath.parse("/open/"), permissions="r")

    assert names(seen(nobody)) == ["open"]
    assert names(seen(nobody, "/open/")) == ["run7", "page.html", "read me.txt"]
    assert seen(nobody, "/open/").context["ways"].bookmark == ""
    assert seen(nobody, "/secret/").status_code == 403
    assert "Sign in: perhaps it is shared with you." in text_of(seen(nobody, "/secret/"))


def test_who_may_only_read_is_offered_nothing_that_writes(seen, bob, nobody):
    writes = ("New folder", "Rename what is chosen")

    assert [word for word in writes if word in text_of(seen(bob, "/open/"))] == []
    assert [word for word in writes if word not in text_of(seen(bob, "/open/run7/"))] == []


def test_files_are_sorted_as_people_read_and_folders_come_first(seen, alice, root):
    for name, size in (("run 10", 1), ("Run 2", 3), ("run 1", 2)):
        (root / "open" / "run7" / name).write_bytes(b"x" * size)
    (root / "open" / "run7" / "z").mkdir()

    assert names(seen(alice, "/open/run7/")) == ["z", "run 1", "Run 2", "run 10"]
    assert names(seen(alice, "/open/run7/", sort="-name")) == ["z", "run 10", "Run 2", "run 1"]
    assert names(seen(alice, "/open/run7/", sort="-size")) == ["z", "Run 2", "run 1", "run 10"]
    assert names(seen(alice, "/open/run7/", sort="nonsense")) == ["z", "run 1", "Run 2", "run 10"]


def test_names_are_filtered_and_hidden_files_shown_when_asked(seen, alice, root):
    (root / "open" / ".draft.txt").write_text("")

    assert names(seen(alice, "/open/", contains="ME.")) == ["read me.txt"]
    assert names(seen(alice, "/open/", contains="[")) == []
    assert "Nothing here has “[” in its name" in text_of(seen(alice, "/open/", contains="["))
    assert ".draft.txt" in names(seen(alice, "/open/", hidden="1"))


def test_a_large_folder_is_paged(seen, alice, root, monkeypatch):
    monkeypatch.setattr(window, "MOST_HELD", 150)
    for number in range(250):
        (root / "secret" / f"f{number:03}").touch()

    last = seen(alice, "/secret/", page="3")
    assert names(last) == [f"f{number:03}" for number in range(200, 250)] + ["plan.txt"]
    assert "201 to 251 of more than 150" in text_of(last)
    assert 'rel="next"' not in last.content.decode()
    assert names(seen(alice, "/secret/", sort="-name"))[:2] == ["plan.txt", "f249"]
    assert names(seen(alice, "/secret/", page="9")) == []


def test_two_panes_keep_what_the_other_shows(seen, alice, shared):
    page = seen(alice, "/open/", beside=str(shared.pk), **{"beside-path": "/secret/", "beside-sort": "-size"})

    assert (names(page, "a"), names(page, "b")) == (["run7", "page.html", "read me.txt"], ["plan.txt"])
    beside = f"beside={shared.pk}&amp;beside-path=%2Fsecret%2F&amp;beside-sort=-size"
    assert f"/collections/{shared.pk}/?path=%2Fopen%2Frun7%2F&amp;{beside}" in page.content.decode()


def test_a_second_pane_is_chosen_from_what_one_may_see(seen, bob, shared):
    page = seen(bob, "/open/", beside="choose")
    gone = seen(bob, "/open/", beside="00000000-0000-4000-8000-00000000dead")

    assert f"beside={shared.pk}" in page.content.decode()
    assert "There is no such collection" in text_of(gone)
    assert seen(bob, "/open/", beside="choose", wanted="nonesuch").status_code == 200


def test_names_of_any_bytes_are_shown_and_lead_on(seen, client, alice, root):
    odd = b"a\xffb\n<i>\xe2\x80\xaegpj.exe"
    (root / "secret" / os.fsdecode(odd)).mkdir()
    (root / "secret" / os.fsdecode(odd) / "in it").touch()
    page = seen(alice, "/secret/")

    assert "a�b�<i>�gpj.exe" in names(page)
    link = next(one for one in page.content.decode().split('"') if "gpj.exe" in one and one.startswith("/collections/"))
    assert names(client.get(link.replace("&amp;", "&"))) == ["in it"]


def test_a_path_that_is_none_a_file_and_a_folder_that_is_gone_are_told_apart(seen, alice):
    assert seen(alice, "/../secret/").status_code == 400
    assert seen(alice, "/open/read me.txt")["Location"].endswith("/preview?path=%2Fopen%2Fread+me.txt")
    gone = seen(alice, "/nothing/")
    assert (gone.status_code, "There is no such folder" in text_of(gone)) == (404, True)


def test_a_storage_that_is_away_is_told(seen, alice, shared):
    shared.settings = {"root": "/nowhere/at/all"}
    shared.save()

    answer = seen(alice)
    assert (answer.status_code, "The storage does not answer" in text_of(answer)) == (503, True)
