"""The made-up runs have the traps that real ones have, and are always the same."""

from collections import Counter
from itertools import islice

import pytest

from apps.web.sample import ssx

GROUP, ALICE = "urn:globus:groups:id:team", "urn:globus:auth:identity:alice"
READERS = ssx.Readers(group=GROUP, investigator=ALICE)


@pytest.fixture(scope="module")
def entries():
    return list(ssx.entries(3000, readers=READERS))


@pytest.fixture(scope="module")
def project(entries):
    """``project_metadata`` of each null entry."""
    return [entry.content["project_metadata"] for entry in entries if not entry.entry_id]


def test_they_are_the_same_each_time_and_a_shorter_stream_is_the_beginning_of_a_longer(entries):
    assert list(ssx.entries(50, readers=READERS)) == entries[: len(list(ssx.entries(50, readers=READERS)))]


def test_a_million_is_a_stream():
    assert len(list(islice(ssx.entries(1_000_000, readers=READERS), 10))) == 10


def test_there_are_as_many_subjects_as_asked_for(entries):
    assert len({entry.subject for entry in entries}) == 3000


def test_most_are_for_the_group_and_some_for_others(entries):
    seen = Counter(entry.visible_to for entry in entries if not entry.entry_id)

    assert set(seen) == {(GROUP,), ("public",), ("all_authenticated_users",), (ALICE,)}
    assert seen.most_common(1)[0][0] == (GROUP,)


def test_some_subjects_have_a_second_entry_for_the_investigator_alone(entries):
    notes = [entry for entry in entries if entry.entry_id == "notes"]

    assert len(notes) > 100
    assert {entry.visible_to for entry in notes} == {(ALICE,)}


def test_some_subjects_come_again_as_a_higher_version_with_one_more_date(entries):
    again = [entry for entry in entries if not entry.entry_id and entry.content["dc"]["version"] == "2"]

    assert len(again) > 30
    assert {len(entry.content["dc"]["dates"]) for entry in again} == {3}


def test_the_traps_of_real_records_are_there(project):
    spellings = {run["user_input"]["space_group"] for run in project}
    steps = {type(run["user_input"]["x_num_steps"]) for run in project}

    assert {"p43212", "P43212", "P 43 21 2"} <= spellings
    assert steps == {int, str}
    assert {"n/a", ""} <= {run["beamline_input"]["flux"] for run in project}
    assert {"Lysozyme", "LYSO"} <= {run["protein"] for run in project}
    assert 0 < sum("hit_rate" not in run["batch_info"] for run in project) < len(project) / 10


def test_numbers_are_within_what_a_beamline_can_measure(project):
    rates = [run["batch_info"]["hit_rate"] for run in project if "hit_rate" in run["batch_info"]]

    assert {run["run_name"] for run in project} == {f"S{number}" for number in range(8, 19)}
    assert min(rates) >= 0
    assert max(rates) <= 100
    assert {run["batch_info"]["cbf_files"] for run in project} <= set(ssx.IMAGES)
