"""Folders are bookmarked, and the bookmarks renamed and deleted, by forms."""

import uuid
from urllib.parse import urlencode

import pytest
from django.template.loader import render_to_string
from django.test import Client

from apps.storage.types import FilePath
from apps.transfer import services as transfer
from apps.web.bookmarks.links import bookmark_links
from tests.storage.beamline import admin, beamline, root, shared

__all__ = ["admin", "beamline", "root", "shared"]
PAGE = "/collections/bookmarks/"


@pytest.fixture
def bobs(bob):
    browser = Client()
    browser.force_login(bob)
    return browser


@pytest.fixture
def mark(bobs, shared):
    """Sends the form of a folder as Bob."""

    def mark(name="run7", path="/open/run7", collection=shared.pk):
        return bobs.post(f"{PAGE}new/?{urlencode({'collection': collection, 'path': path})}", {"name": name})

    return mark


def names(user):
    return [one.name for one in transfer.bookmarks_of(user)]


def test_a_folder_is_bookmarked_and_shown_again(mark, shared, bob):
    answer = mark("tonight")

    assert answer.url == f"/collections/{shared.pk}/?path=%2Fopen%2Frun7%2F"
    assert names(bob) == ["tonight"]


@pytest.mark.parametrize(("path", "name"), [("/open/run7/", "run7"), ("", "Beamline")])
def test_a_name_is_proposed(bobs, shared, path, name):
    page = bobs.get(f"{PAGE}new/?{urlencode({'collection': shared.pk, 'path': path})}")

    assert page.context["form"]["name"].value() == name


def test_what_is_wrong_is_told_at_the_name(mark, bob):
    mark("tonight")

    taken, empty = mark("tonight"), mark(" ")

    assert [one.status_code for one in (taken, empty)] == [400, 400]
    assert "You have a bookmark of this name already" in taken.context["form"].errors["name"][0]
    assert names(bob) == ["tonight"]


def test_bookmarks_are_renamed_and_deleted(bobs, mark, bob):
    mark("old")
    address = f"{PAGE}{transfer.bookmarks_of(bob).get().pk}/"

    bobs.post(f"{address}rename/", {"name": "new"})
    assert "Beamline: /open/run7" in bobs.get(PAGE).content.decode()
    bobs.post(f"{address}rename/", {"name": ""})
    assert names(bob) == ["new"]
    bobs.post(f"{address}remove/")
    assert names(bob) == []


def test_the_bookmarks_of_others_are_not_there(bobs, mark, shared, alice, bob):
    of_alice = transfer.add_bookmark(actor=alice, name="mine", collection=shared, path=FilePath())

    assert bobs.post(f"{PAGE}{of_alice.pk}/remove/").status_code == 404
    assert mark(collection=uuid.uuid4()).status_code == 404
    assert mark(path="open").status_code == 400
    assert bookmark_links(None) == []


def test_nobody_is_asked_to_sign_in(client):
    assert {client.get(PAGE).url, client.get(f"{PAGE}new/").url[:-4]} == {f"/account/login/?next={PAGE}"}


def test_they_stand_on_other_pages_as_links(mark, bob):
    mark("<run 7>")

    shown = render_to_string("web/bookmarks/_links.html", {"bookmarks": bookmark_links(bob)})

    assert "?path=%2Fopen%2Frun7%2F" in shown
    assert "&lt;run 7&gt;" in shown
