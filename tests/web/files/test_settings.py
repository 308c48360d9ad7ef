"""A collection changed, given new credentials, and deleted, on its own pages."""

import pytest

from apps.accounts import services as accounts
from apps.storage import services as storage
from apps.storage.models import AccessRule, Collection
from apps.storage.services.opening import credentials_of
from apps.storage.types import FilePath
from apps.transfer import services as transfer
from apps.transfer.types import Submission, Wish
from tests.storage.servers.ssh import ssh_server
from tests.web.files.conftest import text_of

pytestmark = pytest.mark.django_db
PAGES = ("settings/", "settings/credentials/", "settings/delete/")


@pytest.fixture
def alices(client, alice, shared):
    client.force_login(alice)
    return client


@pytest.fixture
def at(shared):
    return lambda page: f"/collections/{shared.pk}/{page}"


def said(**changes):
    return {"name": "Hall 7", "description": "", "keywords": "x-ray,, beam ", "seen_by": "some", "named": "", **changes}


@pytest.fixture
def remote(alice, tmp_path):
    """A collection of Alice's on an SSH server, with credentials that are wrong by now."""
    alice.is_superuser = True
    alice.save()
    with ssh_server(tmp_path) as server:
        settings = server.settings | {"root": str(tmp_path)}
        told = {"actor": alice, "name": "Far", "kind": "sftp", "credentials": {"password": "old secret"}}
        made = storage.create_collection(settings=settings, **told)
        alice.is_superuser = False
        alice.save()
        yield made, server


def test_only_those_who_administer_it_see_and_change_anything(client, shared, at, bob, charlie, alice):
    shown = {}
    for person in (alice, bob, charlie, None):
        client.logout()
        if person:
            client.force_login(person)
        shown[person] = [client.get(at("settings/")).status_code, client.get(at("settings/delete/")).status_code]
        if person is not alice:
            assert {client.post(at(page), said()).status_code for page in PAGES} <= {401, 403, 404}

    assert shown == {alice: [200, 200], bob: [403, 403], charlie: [403, 403], None: [404, 404]}
    assert Collection.objects.get().name == "Beamline"


def test_what_is_said_of_it_is_changed_and_found(alices, at, shared, charlie):
    told = said(description="At the end", named="charlie@vitrine.local", is_read_only="on")

    assert "The settings are saved." in text_of(alices.post(at("settings/"), told, follow=True))

    shared.refresh_from_db()
    assert (shared.name, shared.description, shared.keywords) == ("Hall 7", "At the end", "x-ray, beam")
    assert shared.is_read_only
    assert shared.visible_to == [f"urn:globus:auth:identity:{accounts.identity_ids_of(charlie)[0]}"]
    assert storage.find_collections(charlie, text="x-ray").get() == shared


def test_the_way_there_is_shown_to_those_who_may_go_it(seen, at, alice, bob):
    assert [at("settings/") in seen(one).content.decode() for one in (alice, bob)] == [True, False]


def test_what_is_wrong_is_said_beside_its_field_and_changes_nothing(alices, at, shared):
    page = alices.post(at("settings/"), said(name="", named="nobody@nowhere"))

    assert page.status_code == 400
    assert "This field is required." in text_of(page)
    assert "nobody@nowhere: " in text_of(page)
    assert Collection.objects.get().name == "Beamline"


def test_new_credentials_are_used_once_they_work_and_are_never_shown(client, alice, remote):
    collection, server = remote
    client.force_login(alice)
    page = f"/collections/{collection.pk}/settings/"

    refused = client.post(f"{page}credentials/", {"password": "new secret"})
    assert (refused.status_code, "refuses the collection's credentials" in text_of(refused)) == (400, True)
    collection.refresh_from_db()
    assert credentials_of(collection) == {"password": "old secret"}

    told = client.post(f"{page}credentials/", server.credentials, follow=True)
    collection.refresh_from_db()
    assert credentials_of(collection) == server.credentials
    shown = refused.content + told.content + client.get(page).content
    assert [word in shown for word in (b"old secret", b"new secret", b"PRIVATE KEY")] == [False] * 3


def test_empty_fields_take_no_credentials_away(client, alice, remote):
    collection, _ = remote
    client.force_login(alice)

    page = client.post(f"/collections/{collection.pk}/settings/credentials/", {"password": ""})

    assert "Give at least one." in text_of(page)
    collection.refresh_from_db()
    assert credentials_of(collection) == {"password": "old secret"}


def test_a_folder_of_this_machine_takes_no_credentials(alices, at):
    assert "New credentials" not in text_of(alices.get(at("settings/")))
    assert alices.post(at("settings/credentials/"), {"password": "x"}).status_code == 400


def test_what_goes_with_it_is_said_and_goes(alices, at, shared, bob, root):
    told = {"parent": shared, "path": FilePath.parse("/open/")}
    guest = storage.share_folder(actor=bob, name="Bob's part", **told)
    nested = storage.share_folder(actor=bob, parent=guest, path=FilePath.parse("/run7/"), name="Run 7")

    asked = text_of(alices.get(at("settings/delete/")))
    assert [word in asked for word in ("2 access rules", "Bob's part", nested.name)] == [True] * 3
    gone = alices.post(at("settings/delete/"), follow=True)

    assert "“Beamline” is no collection any more." in text_of(gone)
    assert (Collection.objects.count(), AccessRule.objects.count()) == (0, 0)
    assert (root / "secret" / "plan.txt").exists()


def test_a_collection_that_a_task_uses_stays(alices, at, shared, alice, bob):
    guest = storage.share_folder(actor=bob, parent=shared, path=FilePath.parse("/open/run7/"), name="Run 7")
    transfer.submit_delete(actor=bob, collection=guest, asked=Submission([Wish(FilePath.parse("/x"))]))

    assert "1 task that is not over uses it" in text_of(alices.get(at("settings/delete/")))
    refused = alices.post(at("settings/delete/"), follow=True)

    assert "Tasks that are not over use this collection" in text_of(refused)
    assert Collection.objects.count() == 2
