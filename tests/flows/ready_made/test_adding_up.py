"""Batches of a chip add up, in whichever order they end, and whether or not one is looked at twice."""

import json

import numpy as np
import pytest

from apps.flows.ready_made.functions import powder, serial
from apps.flows.ready_made.functions.making import write_images

SIZE = 12


@pytest.fixture
def images(tmp_path):
    """Where 24 images are, of which every fourth has diffraction."""
    write_images(tmp_path / "all", "Bounce_7", range(2 * SIZE))
    return tmp_path / "all"


@pytest.fixture
def look(images, tmp_path):
    """Looks at the images of these numbers, as one batch; what is known then, and its pictures."""
    results, about = tmp_path / "results", tmp_path / "about"
    results.mkdir()
    about.mkdir()

    def look(numbers, **how):
        batch = tmp_path / f"batch-{numbers[0]}-{numbers[-1]}"
        batch.mkdir(exist_ok=True)
        for number in numbers:
            name = f"Bounce_7_{number}.cbf"
            (batch / name).write_bytes((images / name).read_bytes())
        serial.quality(images=str(batch), results=str(results))
        serial.pictures(results=str(results), about=str(about))
        told = serial.statistics(results=str(results), about=str(about), path="/S12/PDL1/B/Bounce_7/", **how)
        return told, {file.name: file.read_bytes() for file in about.iterdir()}

    return look


def test_batches_that_end_in_another_order_tell_the_same(look, tmp_path):
    look(range(SIZE, 2 * SIZE))
    late = look(range(SIZE))
    for file in (tmp_path / "results").iterdir():
        file.unlink()
    look(range(SIZE))
    in_order = look(range(SIZE, 2 * SIZE))

    assert late == in_order
    assert late[0]["project_metadata"]["batch_info"]["total_number_of_hits"] == 6


def test_a_batch_that_is_looked_at_twice_counts_once(look):
    look(range(SIZE))
    once = look(range(SIZE, 2 * SIZE))

    assert look(range(SIZE, 2 * SIZE)) == once


def test_a_part_of_a_batch_that_is_looked_at_again_takes_nothing_away(look):
    whole = look(range(SIZE))

    assert look(range(3)) == whole


def test_an_image_that_was_met_half_is_no_trouble_once_it_was_read(look, images):
    whole = (images / "Bounce_7_5.cbf").read_bytes()
    (images / "Bounce_7_5.cbf").write_bytes(whole[:9000])
    before, _ = look(range(SIZE))
    (images / "Bounce_7_5.cbf").write_bytes(whole)
    after, _ = look(range(5, 7))

    told = [one["project_metadata"]["batch_info"] for one in (before, after)]
    assert [(one["cbf_files"], one["unreadable"]) for one in told] == [(SIZE - 1, 1), (SIZE, 0)]


def test_the_board_says_how_much_there_is_of_what_is_enough(look):
    told, _ = look(range(SIZE), steps="6x4", enough_hits=3)
    board = told["board"]

    assert board["goal"] == {"label": "images with diffraction", "value": 3, "enough": 3}
    assert told["project_metadata"]["batch_info"]["has_enough"] is True
    assert board["is_over"] is False
    assert board["counts"][0] == {"label": "Images", "value": 12, "of": 24}
    rates = {one["label"]: one["value"] for one in board["charts"][0]["bars"]}
    assert (rates["4"], rates["5"], rates["12"], len(rates)) == (100, 0, None, 24)
    assert sum(one["value"] for one in board["charts"][1]["bars"]) == SIZE


def test_the_board_is_over_when_the_whole_chip_was_looked_at(look):
    first, _ = look(range(SIZE), steps="6x4", enough_hits=7)
    second, _ = look(range(SIZE, 2 * SIZE), steps="6x4", enough_hits=7)

    assert [one["board"]["is_over"] for one in (first, second)] == [False, True]
    assert second["project_metadata"]["batch_info"]["has_enough"] is False


def test_nothing_is_written_where_nobody_says_where(look, tmp_path):
    told, _ = look(range(SIZE))
    before = sorted(tmp_path.rglob("*"))

    again = serial.statistics(results=str(tmp_path / "results"), path="/S12/PDL1/B/Bounce_7/")

    assert again == json.loads(json.dumps(told))
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("shape", [(256, 256), (2527, 2463), (1, 3000)])
def test_the_brightest_pixel_of_any_image_is_in_the_powder_pattern(shape):
    dark, bright = np.full(shape, -1), np.zeros(shape, np.int64)
    bright[-1, -1] = 1 << 40
    together = powder.laid_over([powder.levels_of(dark), powder.levels_of(bright), np.zeros((3, 3), np.uint8)])

    assert (together[-1, -1], together[0, 0], max(together.shape) <= powder.SIDE) == (255, 0, True)
    assert powder.drawn(together).startswith(b"\x89PNG")
