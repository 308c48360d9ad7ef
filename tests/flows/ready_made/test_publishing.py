"""The publication flow: files are copied, shared, and become findable; where they are only their readers find."""

import uuid

import pytest

from apps.access.types import group_urn
from apps.search import services as search
from apps.storage.models import AccessRule
from tests.flows.ready_made.conftest import at
from tests.transfer.conftest import fill

pytestmark = pytest.mark.django_db


@pytest.fixture
def index(alice):
    return search.create_index(actor=alice, display_name="Records", slug="found")


@pytest.fixture
def asked(source, destination, here, team, index):
    fill(here, run__a=10, run__b=20)
    return {
        "source": at(source, "/run"),
        "destination": at(destination, "/open"),
        "readers": group_urn(team.pk),
        "search_index": str(index.pk),
        "title": "A run",
        "metadata": {"sample": "lysozyme"},
        "restricted_metadata": {"note": "twinned"},
        "subject": "doi:10.1/x",
    }


def entries(index, user):
    """The entries of the subject that somebody sees, by their ids."""
    found = search.record(index=index, subject="doi:10.1/x", actor=user)
    return {entry.entry_id: entry.content for entry in found.entries}


def test_everybody_finds_the_public_entry_and_the_readers_find_the_files(go, asked, index, bob, charlie, destination):
    run = go("transfer_and_publish", asked)

    assert run.status == "SUCCEEDED", run.error_cause
    public = {"title": "A run", "description": "", "keywords": [], "metadata": {"sample": "lysozyme"}}
    assert entries(index, charlie) == {"": public}
    restricted = entries(index, bob)["files"]
    assert (restricted["path"], restricted["files"], restricted["size_bytes"]) == ("/open", 2, 30)
    assert restricted["metadata"] == {"note": "twinned"}
    assert AccessRule.objects.get().principal == asked["readers"]


def test_an_index_that_one_may_not_write_to_gets_nothing_and_it_is_said_what_was_done(go, asked):
    run = go("transfer_and_publish", asked | {"search_index": str(uuid.uuid4())})

    assert run.error_name == "PublishFailed"
    assert run.error_cause.startswith("All was copied and shared, and not all of it was published.")
