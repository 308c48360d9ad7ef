"""A table becomes many drafts, and a report tells of each row."""

import pytest
from django.utils import timezone

from apps.common.errors import Invalid
from apps.publish import services as publish
from apps.publish.errors import NoSuchForm
from apps.publish.services import bulk
from apps.search import ingest
from apps.search import services as search
from apps.search.errors import NoSuchSubject
from apps.search.types import EntryDraft


def begin(form, actor, *lines):
    return publish.begin_many(form=form, actor=actor, text="\n".join(lines))


def test_each_row_of_a_table_becomes_a_draft(form, alice):
    rows = begin(form, alice, "title,energy,sample.protein", "First,12.6,PDL1", "", '"Second, of two",13,')

    assert [(row.line, row.draft.content) for row in rows] == [
        (2, {"title": "First", "energy": 12.6, "sample": {"protein": "PDL1"}}),
        (4, {"title": "Second, of two", "energy": 13}),
    ]
    assert len(publish.find_submissions(actor=alice)) == 2


def test_lines_of_json_may_nest_or_point(form, alice):
    rows = begin(
        form, alice, '{"title": "A", "sample": {"protein": "PDL1"}}', '{"/title": "B", "/sample/protein": "X"}'
    )

    assert [row.draft.content["sample"]["protein"] for row in rows] == ["PDL1", "X"]


def test_a_cell_that_cannot_be_read_is_kept_as_it_was_typed(form, alice):
    [row] = begin(form, alice, "title;energy", "First;high")

    assert row.draft.typed == {"/energy": "high"}
    assert {fault.pointer for fault in row.faults} == {"/energy"}


def test_a_row_that_cannot_be_read_stops_no_other(form, alice):
    rows = begin(form, alice, '{"title": "A"}', '{"title": ', '{"colour": "red"}', "[1]", '{"title": "B"}')

    assert [bool(row.draft) for row in rows] == [True, False, False, False, True]
    assert "colour" in rows[2].problem


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("", "no row"),
        ("title", "no row"),
        ("title,colour\nA,red", "no column colour"),
        ("title,/title\nA,B", "twice"),
        ("title\n" + "A\n" * (bulk.MOST_ROWS + 1), "At most 500"),
        ("title\n" + "A" * bulk.MOST_BYTES, "too much"),
        ('title\n"' + "A" * 200_000, "cannot be read"),
    ],
)
def test_a_table_that_is_none_makes_nothing(form, alice, table, message):
    with pytest.raises(Invalid, match=message):
        begin(form, alice, table)

    assert not publish.find_submissions(actor=alice)


def test_too_many_cells_and_too_long_ones_are_told_by_row(form, alice, monkeypatch):
    monkeypatch.setattr("apps.publish.services.drafts.MOST_CONTENT", 100)
    rows = begin(form, alice, "title,energy", "A,1,2", "B" * 200 + ",1", "C,1")

    assert [row.problem[:14] for row in rows] == ["It has 3 cells", "That is more t", ""]


def test_who_may_not_submit_begins_nothing(make_form, charlie, team_urn):
    form = make_form(submitters=[team_urn])

    with pytest.raises(NoSuchForm):
        begin(form, charlie, "title", "A")


@pytest.fixture
def record(index, dana, team_urn):
    """Known to everybody; and more of it to the team."""
    public = {"title": "Old", "energy": 12, "colour": "red", "sample": {"protein": "PDL1", "mass": 3}}
    entries = [
        EntryDraft("run:1", public, ("public",)),
        EntryDraft("run:1", {"notes": "wet"}, (team_urn,), entry_id="team"),
    ]
    search.submit_entries(index=index, actor=dana, entries=entries)
    ingest.drain(index.pk, clock=timezone.now)
    return "run:1"


def test_a_draft_begins_with_what_one_sees_of_a_record(form, alice, bob, charlie, index, record):
    def content(actor):
        return publish.draft_from_record(form=form, actor=actor, index=index, subject=record).content

    told = {"title": "Old", "energy": 12, "sample": {"protein": "PDL1"}}
    assert content(bob) == {**told, "notes": "wet"}
    assert content(charlie) == told
    with pytest.raises(NoSuchSubject):
        publish.draft_from_record(form=form, actor=alice, index=index, subject="run:2")
