"""Serial crystallography from end to end: images come in, and everybody finds how many had diffraction."""

import pytest
from django.utils import timezone

from apps.access.types import group_urn
from apps.flows import computing
from apps.flows import services as flows
from apps.flows.ready_made.functions.making import write_images
from apps.flows.ready_made.functions.serial import quality
from apps.search.models import Task
from apps.transfer import mover
from tests.flows.ready_made.conftest import at

pytestmark = pytest.mark.django_db
DATASET = "/ssx/S12/PDL1/B/Bounce_7_images"


@pytest.fixture
def asked(source, destination, team, index):
    return {
        "source": at(source, "/S12/"),
        "destination": at(destination, f"{DATASET}/"),
        "search_index": str(index.pk),
        "readers": group_urn(team.pk),
        "creators": ["Alice"],
        "notes": "one more night",
        "user_input": {"space_group": "p43212"},
    }


@pytest.fixture
def seen(entries):
    """The entries of the dataset that somebody sees, by their ids."""
    return lambda user: entries(DATASET, user)


def test_what_was_found_is_published_with_pictures(go, asked, here, there, seen, bob, charlie, destination):
    write_images(here / "S12", "Bounce_7", range(12))
    run = go("serial_crystallography", asked | {"settle_s": 0, "count": 12})

    assert run.status == "SUCCEEDED", run.error_cause
    record = seen(charlie)[""]
    assert record["project_metadata"]["batch_info"] == {
        "cbf_files": 12,
        "cbf_file_range": {"from": 0, "to": 11},
        "total_number_of_hits": 3,
        "hit_rate": 25.0,
        "unreadable": 0,
    }
    assert (record["project_metadata"]["protein"], record["project_metadata"]["chip"]) == ("PDL1", "Bounce")
    assert record["dc"]["titles"] == [{"title": "Bounce_7_images"}]
    files = {one["filename"]: one["mime_type"] for one in record["files"]}
    assert {one["url"] for one in record["files"]} >= {f"/files/{destination.pk}{DATASET}/composite.png"}
    assert files["composite.png"] == files["histogram.png"] == "image/png"
    assert (there / DATASET[1:] / "composite.png").read_bytes().startswith(b"\x89PNG")
    assert seen(bob)["notes"]["notes"] == "one more night"
    assert list(seen(charlie)) == [""]
    assert seen(bob)["notes"]["checked"][0]["hits"] == 3


def test_the_next_images_are_added_up_and_the_record_has_a_higher_version(go, asked, here, seen, charlie):
    write_images(here / "S12", "Bounce_7", range(12))
    for first in (0, 6):
        names = [f"Bounce_7_{number}.cbf" for number in range(first, first + 6)]
        run = go("serial_crystallography", asked | {"files": names})
        assert run.status == "SUCCEEDED", run.error_cause

    record = seen(charlie)[""]
    assert record["dc"]["version"] == "2"
    assert [one["dateType"] for one in record["dc"]["dates"]] == ["Created", "Updated"]
    assert record["project_metadata"]["batch_info"]["cbf_files"] == 12


@pytest.fixture
def batches(asked, here):
    """The inputs of two batches of six images."""
    write_images(here / "S12", "Bounce_7", range(12))
    return [asked | {"files": [f"Bounce_7_{number}.cbf" for number in range(at, at + 6)]} for at in (0, 6)]


def test_batches_that_run_at_once_are_all_in_the_record(installed, go_on, batches, seen, alice, charlie):
    flow = installed["serial_crystallography"]
    runs = [flows.start_run(flow=flow, actor=alice, input=batch) for batch in reversed(batches)]
    ended = [go_on(run) for run in runs]

    assert [run.status for run in ended] == ["SUCCEEDED"] * 2
    record = seen(charlie)[""]
    assert record["project_metadata"]["batch_info"]["cbf_files"] == 12
    assert record["board"]["counts"][0]["value"] == 12


def test_of_batches_that_publish_at_the_same_moment_each_has_a_version_of_its_own(
    installed, go_on, carry, batches, index, seen, alice, charlie
):
    flow = installed["serial_crystallography"]
    runs = [flows.start_run(flow=flow, actor=alice, input=batch) for batch in batches]
    while Task.objects.count() < 2:
        runs = [carry(run) for run in runs]
        mover.work(clock=timezone.now)
        computing.work("compute", clock=timezone.now)
    ended = [go_on(run) for run in runs]

    assert [run.status for run in ended] == ["SUCCEEDED"] * 2
    assert "FAILED" in set(index.tasks.values_list("state", flat=True))
    written = index.tasks.filter(state="SUCCESS").count() / 2  # an entry for all, and one for readers, each
    assert seen(charlie)[""]["dc"]["version"] == f"{written:.0f}"
    assert seen(charlie)[""]["project_metadata"]["batch_info"]["cbf_files"] == 12


def test_what_another_batch_added_while_one_was_published_is_published_by_that_one(
    installed, go_on, carry, batches, here, there, seen, alice, charlie
):
    run = flows.start_run(flow=installed["serial_crystallography"], actor=alice, input=batches[0])
    while not Task.objects.exists():
        run = carry(run)
        mover.work(clock=timezone.now)
        computing.work("compute", clock=timezone.now)
    quality(images=str(here / "S12"), results=str(there / DATASET[1:] / "quality"))
    run = go_on(run)

    assert run.status == "SUCCEEDED", run.error_cause
    record = seen(charlie)[""]
    assert record["dc"]["version"] == "2"
    assert record["project_metadata"]["batch_info"]["cbf_files"] == 12


def test_a_batch_that_is_run_again_changes_nothing_but_the_version(go, batches, seen, charlie):
    told = []
    for _ in range(2):
        run = go("serial_crystallography", batches[0] | {"enough_hits": 2, "steps": "4x3"})
        assert run.status == "SUCCEEDED", run.error_cause
        told.append(seen(charlie)[""])

    first, second = (one["project_metadata"]["batch_info"] | {"board": one["board"]} for one in told)
    assert first == second
    assert (first["has_enough"], first["board"]["goal"]["value"]) == (True, 2)
    assert [one["dc"]["version"] for one in told] == ["1", "2"]


def test_images_that_cannot_be_read_are_counted_and_stop_nothing(go, asked, here, seen, charlie):
    write_images(here / "S12", "Bounce_7", range(4))
    (here / "S12" / "Bounce_7_4.cbf").write_bytes(b"half")
    run = go("serial_crystallography", asked | {"settle_s": 0, "count": 5})

    assert run.status == "SUCCEEDED", run.error_cause
    batch = seen(charlie)[""]["project_metadata"]["batch_info"]
    assert (batch["cbf_files"], batch["unreadable"]) == (4, 1)


def test_charlie_puts_nothing_where_he_may_not_write(go, asked, here, charlie):
    write_images(here / "S12", "Bounce_7", range(1))
    run = go("serial_crystallography", asked | {"files": ["Bounce_7_0.cbf"]}, actor=charlie)

    assert run.error_name == "StageFailed"
    assert run.error_cause.startswith("Not all was copied, and nothing was looked at. You may not write /ssx")
