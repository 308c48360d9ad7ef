"""The plan says what will happen, and what stands in its way; it changes nothing."""

import shutil

import pytest
from django.utils import timezone

from apps.access import services as access
from apps.publish import services as publish
from apps.publish.types import Wanted
from apps.search import ingest
from apps.search import services as search
from apps.search.types import EntryDraft
from apps.storage import services as storage
from tests.publish.conftest import urn


def plan(draft, actor):
    return publish.plan_of(publish.get_submission(draft.pk, actor=actor), actor=actor)


def saved(draft, **said):
    told = publish.DraftChanges(**said)
    return publish.save_draft(submission=draft, actor=draft.author, revision=draft.revision, told=told)


def test_files_go_to_a_folder_of_their_own(draft, alice, archive):
    told = plan(draft, alice)

    assert told.faults == ()
    assert str(told.folder) == f"/Lysozyme/{draft.short_id}/v1"
    assert [(str(copy.target), copy.files, copy.size) for copy in told.copies] == [(f"{told.folder}/chip", 3, 21)]
    assert told.collection == archive


def test_what_is_restricted_is_an_entry_of_its_own(draft, alice, team_urn):
    public, notes = plan(draft, alice).parts

    assert (public.entry_id, public.visible_to) == ("", ("public",))
    assert public.content == {"title": "Lysozyme on a chip", "sample": {"protein": "Lysozyme"}}
    assert (notes.entry_id, notes.visible_to) == ("team", (urn(alice), team_urn))
    assert notes.content == {"notes": "soaked too long"}


def test_until_the_embargo_lifts_it_is_the_authors(draft, alice):
    told = plan(saved(draft, wanted=Wanted("public", "2999-01-01")), alice)

    assert told.readers == (urn(alice),)
    assert told.later == ("public",)
    assert told.opens_at.year == 2999


@pytest.mark.parametrize("day", ["2001-01-01", "tomorrow", "2999-13-01"])
def test_an_embargo_is_a_day_to_come(draft, alice, day):
    assert "/visibility" in {fault.pointer for fault in plan(saved(draft, wanted=Wanted("public", day)), alice).faults}


def test_what_the_author_may_not_read_any_more_is_a_fault(draft, alice, dana, staging):
    [rule] = staging.rules.all()
    storage.remove_rule(rule=rule, actor=dana)

    assert {fault.pointer for fault in plan(draft, alice).faults} == {"/files"}


def test_files_that_do_not_fit_are_a_fault(draft, alice, tmp_path):
    """One of them is larger than what is left of the disk: so it is not when it is copied that one hears of it."""
    with (tmp_path / "staging" / "chip" / "large").open("wb") as large:
        large.truncate(shutil.disk_usage(tmp_path).free + (1 << 40))

    [fault] = plan(draft, alice).faults

    assert fault.pointer == "/files"
    assert fault.message.startswith("The files do not fit.")


def test_a_gap_in_a_pattern_is_told_at_its_field(draft, alice):
    draft = saved(draft, content={"title": "Untold"})

    assert {fault.pointer for fault in plan(draft, alice).faults} == {"/sample/protein"}


def test_it_follows_what_its_publisher_may_do(draft, alice, dana, index):
    dana.is_superuser = False
    dana.save()
    assert plan(draft, alice).faults == ()

    [role] = search.roles(index=index, actor=dana)
    access.withdraw(role.pk, resource=index.resource)

    assert "/form/index" in {fault.pointer for fault in plan(draft, alice).faults}


def test_a_subject_that_others_wrote_of_is_not_taken_over(draft, alice, index, dana):
    subject = plan(draft, alice).subject
    search.submit_entries(index=index, actor=dana, entries=[EntryDraft(subject, {"a": 1}, ("public",))])
    ingest.drain(index.pk, clock=timezone.now)

    assert "/subject" in {fault.pointer for fault in plan(draft, alice).faults}


def test_whoever_else_sees_it_its_authors_do(make_form, draft_of, alice, charlie):
    choice = {"name": "charlie", "title": "Charlie", "visible_to": [urn(charlie)]}
    draft = draft_of(make_form(visibility={"choices": [choice]}))

    told = plan(saved(draft, wanted=Wanted("charlie")), alice)

    assert told.readers == (urn(charlie), urn(alice))
