"""The sample's collections: whoever sees a record reads its files, and nobody else does."""

from io import StringIO

import pytest
from django.core.management import call_command

from apps.access.types import group_urn, identity_urn
from apps.accounts import services as accounts
from apps.accounts.models import User
from apps.storage import services as storage
from apps.storage.models import Collection
from apps.storage.types import FilePath
from apps.web.sample import places, ssx

RUNS = 60


@pytest.fixture
def readers(alice, team):
    return ssx.Readers(group=group_urn(team.pk), investigator=identity_urn(accounts.identity_ids_of(alice)[0]))


@pytest.fixture
def make(readers, alice, tmp_path):
    """Makes both collections, as often as it is called."""
    admin = accounts.make_user(username="admin", password="glass-case-42", name="Admin", is_admin=True)

    def make():
        places.make_beamline(tmp_path / "beamline", admin=admin, owner=alice, readers=readers)
        places.make_archive(tmp_path / "archive", admin=admin, readers=readers)
        return Collection.objects.get(pk=places.BEAMLINE), Collection.objects.get(pk=places.ARCHIVE)

    return make


@pytest.fixture
def root(transactional_db, settings, tmp_path):
    """Where the files are, after the sample was loaded."""
    settings.HOME = tmp_path
    call_command("load_sample", runs=RUNS, stdout=StringIO())
    return tmp_path / "files" / "beamline"


def visit(client, name):
    client.force_login(User.objects.get(username=name)) if name != "nobody" else client.logout()


def named(client):
    """The addresses of all files in the records that are found."""
    found = client.get("/api/search/v1/index/ssx/search?q=*&limit=100").json()["gmeta"]
    records = [entry["content"] for hit in found for entry in hit["entries"]]
    return {file["url"] for record in records for file in record.get("files", [])}


def is_published(path):
    """What detectors wrote no record tells of yet."""
    return path.is_file() and "raw" not in path.parts


def test_who_sees_a_record_reads_its_files_and_nobody_else_does(client, root):
    files = {f"/files/{ssx.COLLECTION}/{path.relative_to(root)}" for path in root.rglob("*") if is_published(path)}
    seen = {}
    for name in ("alice", "bob", "charlie", "nobody"):
        visit(client, name)
        seen[name] = named(client)

        assert seen[name] == {url for url in files if client.head(url).status_code == 200}

    assert seen["nobody"] < seen["charlie"] < seen["bob"] < seen["alice"] == files


def test_pictures_stand_beside_the_results_and_in_the_record(client, root):
    page = client.get("/ssx/").content.decode()
    [url, *_] = [word for word in page.split('"') if word.endswith("composite.png")]
    picture = client.get(url)

    assert picture["Content-Type"] == "image/png"
    assert b"".join(picture.streaming_content).startswith(b"\x89PNG")
    assert "img-src 'self'" in client.get("/ssx/")["Content-Security-Policy"]


@pytest.mark.django_db
def test_alice_owns_beamline_and_the_group_may_write_the_archive(make, alice, bob, charlie, nobody):
    beamline, archive = make()

    assert beamline.owner == alice
    for user, may_write in (
        (alice, [True, True]),
        (bob, [False, True]),
        (charlie, [False, False]),
        (nobody, [False, False]),
    ):
        assert [storage.may(user, "rw", one, FilePath(("new",))) for one in (beamline, archive)] == may_write
    assert set(storage.visible_collections(charlie)) == set(storage.visible_collections(nobody)) == {beamline}


@pytest.mark.django_db
def test_what_the_owner_changed_stays_so(make, alice):
    beamline, _ = make()
    storage.change_collection(collection=beamline, actor=alice, name="Beamline 7")
    storage.remove_rule(rule=storage.rules_of(beamline, actor=alice)[0], actor=alice)

    assert [str(one) for one in make()] == ["Beamline 7", "Archive"]
    assert len(storage.rules_of(beamline, actor=alice)) == 3
