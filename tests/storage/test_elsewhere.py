"""Which location of nginx a file has."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from apps.storage import services as storage
from apps.storage.services.elsewhere import location_of
from apps.storage.types import FilePath
from portal import env

pytestmark = pytest.mark.django_db


def location(collection, actor, path):
    with storage.opened(collection, actor=actor) as files:
        return location_of(files, FilePath.parse(path))


def test_the_nearest_folder_that_nginx_has_counts(beamline, alice, root, settings):
    assert location(beamline, alice, "/open/a b.txt") == ""
    settings.NGINX_FILES = {str(root.parent): "/_all"}
    assert location(beamline, alice, "/open/a b.txt") == f"/_all/{root.name}/open/a%20b.txt"
    settings.NGINX_FILES[str(root)] = "/_beamline"
    assert location(beamline, alice, "/open/a b.txt") == "/_beamline/open/a%20b.txt"
    settings.NGINX_FILES = {f"{root}-2": "/_other", str(root / "open"): "/_inner"}
    assert location(beamline, alice, "/open/a b.txt") == ""


def test_a_shared_folder_is_where_it_is_in_its_parent(beamline, alice, root, settings):
    settings.NGINX_FILES = {str(root): "/_beamline"}
    guest = storage.share_folder(actor=alice, parent=beamline, path=FilePath.parse("/open"), name="Open")

    assert location(guest, alice, "/run7/\udcff?%.txt") == "/_beamline/open/run7/%FF%3F%25.txt"


@pytest.mark.parametrize(
    ("told", "read"),
    [
        ("", {}),
        ("/a/=/_a/, /b c=/_b", {"/a": "/_a", "/b c": "/_b"}),
        ("/=/_all", {"/": "/_all"}),
        ("/a", None),
        ("a=/_a", None),
    ],
)
def test_the_setting_names_folders_and_locations(monkeypatch, told, read):
    monkeypatch.setenv("VITRINE_NGINX_FILES", told)

    if read is None:
        with pytest.raises(ImproperlyConfigured, match="/FOLDER=/ADDRESS"):
            env.places("NGINX_FILES", default="")
    else:
        assert env.places("NGINX_FILES", default="") == read
