"""The trigger of the simulated beamline: made once, and its batches are what the pipeline asks for."""

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from apps.access.types import group_urn, identity_urn
from apps.accounts import services as accounts
from apps.flows import services as flows
from apps.search import services as search
from apps.triggers import services as triggers
from apps.web.sample import places, ssx
from apps.web.sample.beamline.chips import Chip
from apps.web.sample.beamline.place import raw
from apps.web.sample.beamline.trigger import make_trigger, record_url, told_of
from tests.storage.beamline import admin

__all__ = ["admin"]
RAW = "/ssx/group/raw"


@pytest.fixture
def index(alice):
    return search.create_index(actor=alice, display_name="Runs", slug="ssx")


@pytest.fixture
def sample(alice, admin, team, index, settings, tmp_path):
    """What the beamline needs of the sample: its collection, the pipeline, and an index."""
    settings.HOME = tmp_path
    raw(tmp_path).mkdir(parents=True)
    readers = ssx.Readers(group=group_urn(team.pk), investigator=identity_urn(accounts.identity_ids_of(alice)[0]))
    places.make_beamline(tmp_path / "files" / "beamline", admin=admin, owner=alice, readers=readers)
    flows.install_functions()
    flows.install_flows()


def tried(index, actor, *names):
    paths = [f"{RAW}/{name}" for name in names]
    return triggers.try_trigger(actor=actor, told=told_of(index, 2), sample={"paths": paths}, now=timezone.now())


def test_it_is_made_once_and_begins(sample, alice):
    first, second = (make_trigger(owner=alice, now=timezone.now()) for _ in range(2))

    assert (first.pk, first.state) == (second.pk, "active")
    assert triggers.find_triggers(actor=alice).count() == 1


def test_what_its_owner_paused_stays_paused(sample, alice):
    triggers.pause_trigger(trigger=make_trigger(owner=alice, now=timezone.now()))

    assert make_trigger(owner=alice, now=timezone.now()).state == "paused"


def test_a_batch_is_an_input_of_the_pipeline(sample, index, alice):
    trial = tried(index, alice, *(f"S20/PDL1/B/Bounce_7_0000{number}.cbf" for number in range(2)))

    assert (trial.taken, trial.batches, trial.trouble) == (2, 1, "")
    told = trial.start.input
    assert told["files"] == ["Bounce_7_00000.cbf", "Bounce_7_00001.cbf"]
    assert told["source"]["path"] == f"{RAW}/S20/PDL1/B/"
    chip = Chip("PDL1", "B", "Bounce", 7, places=2, middle=0.5)
    assert told["destination"]["path"] == "/ssx/open/S20/PDL1/B/Bounce_7_images/"
    assert record_url(chip).endswith("%2Fssx%2Fopen%2FS20%2FPDL1%2FB%2FBounce_7_images%2F/")


def test_images_of_two_chips_are_in_no_batch_together(sample, index, alice):
    trial = tried(index, alice, "S20/PDL1/B/Bounce_7_00000.cbf", "S20/PDL1/B/Bounce_8_00000.cbf")

    assert (trial.taken, trial.happened["count"]) == (2, 1)


@pytest.mark.parametrize("name", ["S19/PDL1/B/Bounce_7_00000.cbf", "S20/PDL1/B/Bounce_7_00000.cbf.tmp", "S20/a.cbf"])
def test_what_the_beamline_does_not_write_is_ignored(sample, index, alice, name):
    trial = tried(index, alice, name)

    assert (trial.taken, trial.ignored) == (0, 1)


def test_without_the_sample_nothing_is_published(db, settings, tmp_path):
    settings.HOME = tmp_path
    raw(tmp_path).mkdir(parents=True)
    with pytest.raises(CommandError, match="Load the sample first"):
        call_command("beamline", publish=True, images=1, chips=1)


def test_what_is_elsewhere_is_not_published(tmp_path):
    with pytest.raises(CommandError, match="Leave the folder out"):
        call_command("beamline", tmp_path, publish=True)
