"""The sample's form is open: the beamline's group publishes runs with it, and Charlie reviews."""

import json

import pytest

from apps.access.types import group_urn, identity_urn
from apps.accounts import services as accounts
from apps.publish import services as publish
from apps.search import services as search
from apps.web.sample import forms, places, ssx


@pytest.fixture
def open_form(alice, charlie, team, tmp_path):
    """Opens it, as often as it is called."""
    admin = accounts.make_user(username="admin", password=None, name="Admin", is_admin=True)
    readers = ssx.Readers(group=group_urn(team.pk), investigator=identity_urn(accounts.known_by(alice).pk))
    places.make_archive(tmp_path, admin=admin, readers=readers)
    search.create_index(actor=alice, display_name="Runs", slug="ssx")
    publish.install_forms()

    def open_form():
        reviewer = identity_urn(accounts.known_by(charlie).pk)
        forms.open_form(publisher=admin, group=readers.group, reviewer=reviewer)
        return publish.get_form("serial-crystallography", actor=admin)

    return open_form


def test_the_group_publishes_and_charlie_reviews(open_form, alice, bob, charlie):
    form = open_form()

    assert form.is_open
    assert [publish.may_form(user, "submitter", form) for user in (alice, bob, charlie)] == [True, True, False]
    assert [publish.may_form(user, "reviewer", form) for user in (alice, bob, charlie)] == [False, False, True]


def test_a_second_call_changes_nothing(open_form):
    before = open_form().updated_at

    assert open_form().updated_at == before
    assert open_form().version.number == 2


def test_its_runs_stand_in_the_index_as_those_that_are_there(open_form):
    asked = publish.document_of(open_form()).schema

    for path in json.dumps(ssx.PRESENTATION["facets"]).split('"path": "')[1:]:
        part = asked
        for name in path.partition('"')[0].split("."):
            part = part.get("items", part)["properties"][name]
        assert part["title"]
