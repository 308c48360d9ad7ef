"""The simulated beamline: chips in the names of the field, images that grow, and a beam that can be switched off."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from apps.flows.ready_made.functions import cbf
from apps.flows.ready_made.functions.making import image_file
from apps.flows.ready_made.functions.serial import PLACE, quality
from apps.web.sample.beamline.chips import Chip, mounted
from apps.web.sample.beamline.detector import PIECES, expose

CHIP = Chip("PDL1", "B", "Bounce", 7, places=40, middle=0.5)


def sizes(folder):
    return [file.stat().st_size for file in sorted(folder.rglob("*.cbf"))]


def test_images_are_named_by_run_protein_letter_chip_and_number(tmp_path):
    expose(CHIP, tmp_path, draw=image_file, seed=1, wait=lambda: None)

    names = sorted(str(file.relative_to(tmp_path)) for file in tmp_path.rglob("*.cbf"))
    assert (len(names), names[0], names[-1]) == (40, "S20/PDL1/B/Bounce_7_00000.cbf", "S20/PDL1/B/Bounce_7_00039.cbf")
    assert PLACE.search(f"/{CHIP.folder}/{CHIP.stem}_images/")["protein"] == "PDL1"


def test_an_image_grows_while_others_do(tmp_path):
    seen = []
    expose(CHIP, tmp_path, draw=image_file, seed=1, wait=lambda: seen.append(sizes(tmp_path)[-PIECES:]))

    whole = sizes(tmp_path)[0]
    growing = seen[20]
    assert growing == sorted(growing, reverse=True)
    assert (growing[-1], len(set(growing))) == (0, PIECES)
    assert all(size > 0.9 * whole for size in sizes(tmp_path))


def test_the_images_that_were_begun_are_whole_when_the_beam_is_switched_off(tmp_path):
    looks = iter(range(10))
    with pytest.raises(StopIteration):
        expose(CHIP, tmp_path, draw=image_file, seed=1, wait=lambda: next(looks))

    files = sorted(tmp_path.rglob("*.cbf"))
    assert len(files) == 11
    assert {cbf.read(file.read_bytes())[0].shape for file in files} == {(256, 256)}


def test_the_pipeline_finds_the_hits_that_were_made_and_more_where_the_crystals_are(tmp_path):
    made = expose(CHIP, tmp_path, draw=image_file, seed=1, wait=lambda: None)
    (tmp_path / "results").mkdir()
    told = quality(images=str(tmp_path / CHIP.folder), results=str(tmp_path / "results"))

    assert (told["images"], told["hits"]) == (40, made)
    assert CHIP.hit_rate(20) > 10 * CHIP.hit_rate(0)


def test_a_chip_that_was_measured_is_a_new_experiment_the_next_time(tmp_path):
    [first] = mounted(tmp_path, 1, places=2, seed=3)
    expose(first, tmp_path, draw=image_file, seed=3, wait=lambda: None)
    [second] = mounted(tmp_path, 1, places=2, seed=3)

    assert (first.experiment, second.experiment) == (1, 2)
    assert (second.folder, second.name) == (first.folder, first.name)


def test_the_command_says_what_it_measures(tmp_path):
    said = StringIO()
    call_command("beamline", tmp_path, rate=1000, images=3, chips=2, stdout=said)

    lines = said.getvalue().splitlines()
    assert len(list(tmp_path.rglob("*.cbf"))) == 6
    assert [line.partition(": ")[2].partition(",")[0] for line in lines] == ["3 images", "done", "3 images", "done", ""]


WRONG = [
    ("--rate=0", "0.01 to 1000"),
    ("--rate=nan", "nan is not"),
    ("--images=0", "1 to"),
    ("--chips=x", "whole_number"),
]


@pytest.mark.parametrize(("option", "said"), WRONG)
def test_what_cannot_be_measured_is_refused(tmp_path, option, said):
    with pytest.raises(CommandError, match=said):
        call_command("beamline", str(tmp_path), option)


def test_without_the_sample_it_is_said_what_to_do(settings, tmp_path):
    settings.HOME = tmp_path
    with pytest.raises(CommandError, match="load the sample first"):
        call_command("beamline")
