"""Images of detectors are read as they were written, and peaks are told from what only looks like some."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.flows.ready_made.functions import cbf, serial
from apps.flows.ready_made.functions.frames import Geometry, frames_in
from apps.flows.ready_made.functions.making import HEADER, image, write_images
from apps.flows.ready_made.functions.peaks import peaks_in
from apps.storage.formats import cbf as described

PIXELS = st.one_of(st.integers(-200, 200), st.integers(-(1 << 16), 1 << 16), st.integers(-(1 << 34), 1 << 34))


@given(st.lists(PIXELS, min_size=1, max_size=300))
def test_what_is_packed_is_unpacked(pixels):
    packed = cbf.packed(np.array([pixels]))

    assert cbf.unpacked(packed, len(pixels)).tolist() == pixels


@given(st.binary(max_size=200), st.integers(1, 300))
def test_whatever_bytes_come_it_is_read_or_refused(packed, count):
    try:
        assert len(cbf.unpacked(packed, count)) == count
    except ValueError:
        pass


def test_a_cbf_is_what_others_describe_it_as(tmp_path):
    write_images(tmp_path, "Bounce_7", range(1))
    with (tmp_path / "Bounce_7_0.cbf").open("rb") as file:
        told = described.read(file)

    assert told["picture"] == {"width": 256, "height": 256, "element": "signed 32-bit integer"}
    assert (told["wavelength_a"], told["distance_m"], told["beam_center_px"]) == (0.9795, 0.06, [128, 128])


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (b"Fastest-Dimension: 256", b"Fastest-Dimension: 999999", "is not read"),
        (b"Second-Dimension: 256", b"Second-Dimension: 512", "of 131072 pixels"),
        (b"x-CBF_BYTE_OFFSET", b"x-CBF_PACKED", "not compressed by byte offsets"),
        (cbf.MARK, b"", "no CBF"),
    ],
)
def test_a_broken_cbf_is_refused_with_a_reason(old, new, said):
    whole = cbf.written(image(0, is_hit=True), "x", HEADER.format(minute=0, second=0, beam=128))
    with pytest.raises(ValueError, match=said):
        cbf.read(whole.replace(old, new))


def test_the_peaks_of_a_crystal_are_found_where_they_are():
    random = np.random.default_rng(1)
    picture = random.poisson(4, (200, 200))
    for x, y in ((50, 60), (120, 61), (150, 150)):
        picture[y - 1 : y + 2, x - 1 : x + 2] += np.array([[20, 60, 20], [60, 300, 60], [20, 60, 20]])
    x, y, above = peaks_in(picture)

    assert sorted(zip(x.tolist(), y.tolist(), strict=True)) == [(50, 60), (120, 61), (150, 150)]
    assert all(250 < one < 350 for one in above)


@pytest.mark.parametrize("what", ["noise", "a cosmic ray", "an edge", "masked", "nothing"])
def test_what_only_looks_like_a_peak_is_none(what):
    picture = np.random.default_rng(2).poisson(4, (200, 200))
    match what:
        case "a cosmic ray":
            picture[50, 50] = 5000
        case "an edge":
            picture[:, 100:] += 200
        case "masked":
            picture[40:60, 40:60] = -1
        case "nothing":
            picture[:] = 0

    assert len(peaks_in(picture)[0]) == 0


def test_resolution_follows_from_where_the_beam_was():
    geometry = Geometry(wavelength=1.0, distance=0.1, pixel=1e-4, beam=(0, 0))

    assert geometry.resolution(np.array([1000]), np.array([0]))[0] == pytest.approx(1.3066, abs=1e-4)
    assert len(Geometry().resolution(np.array([1]), np.array([1]))) == 0


def test_hits_are_told_from_images_without_diffraction(tmp_path):
    made = write_images(tmp_path / "images", "Bounce_7", range(24), hit_every=3)
    (tmp_path / "results").mkdir()
    told = serial.quality(images=str(tmp_path / "images"), results=str(tmp_path / "results"))
    [file] = (tmp_path / "results").glob("Bounce_7_0-*.json")
    found = json.loads(file.read_text())["images"]

    assert (told["images"], told["hits"]) == (24, 8)
    assert {one["image"]: one["is_hit"] for one in found} == {one["image"]: one["is_hit"] for one in made}
    assert all(2.5 < one["resolution"] < 4 for one in found if one["is_hit"])


@pytest.mark.parametrize("name", ["a.cbf", "a.h5", "a.tif", "a.txt", "a"])
def test_an_image_that_cannot_be_read_is_told_and_stops_nothing(tmp_path, name):
    write_images(tmp_path / "images", "b", range(1))
    (tmp_path / "images" / name).write_bytes(b"half of an image")
    (tmp_path / "results").mkdir()
    told = serial.quality(images=str(tmp_path / "images"), results=str(tmp_path / "results"))

    assert (told["images"], [one["image"] for one in told["troubles"]]) == (1, [name])


def test_hdf5_and_tiff_are_read_too(tmp_path):
    h5py, pillow = pytest.importorskip("h5py"), pytest.importorskip("PIL.Image")
    stack = np.stack([image(number, is_hit=True) for number in range(2)])
    with h5py.File(tmp_path / "run.h5", "w") as file:
        file["entry/data/data"] = stack
    pillow.fromarray(stack[0].astype(np.int32)).save(tmp_path / "one.tif")

    assert [one.name for one in frames_in(tmp_path / "run.h5")] == ["run.h5#0", "run.h5#1"]
    assert (next(frames_in(tmp_path / "one.tif")).picture == stack[0]).all()


def test_without_the_library_it_is_said_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "h5py", None)
    (tmp_path / "run.h5").touch()
    with pytest.raises(ImportError, match=r"pip install 'vitrine\[hdf5\]'"):
        next(frames_in(tmp_path / "run.h5"))


@pytest.mark.parametrize(
    ("path", "told"),
    [
        (
            "/ssx/S12/PDL1/B/Bounce_7_images/",
            {"run_name": "S12", "protein": "PDL1", "letter": "B", "chip": "Bounce", "experiment_number": 7},
        ),
        ("/elsewhere/", {}),
    ],
)
def test_a_path_tells_of_the_chip_if_it_can(tmp_path, path, told):
    found = serial.statistics(results=str(tmp_path), about=str(tmp_path), path=path)

    empty = {"cbf_files": 0, "cbf_file_range": {"from": 0, "to": 0}, "total_number_of_hits": 0, "hit_rate": 0}
    more = {"batch_info": {**empty, "unreadable": 0}, "beamline_input": {}, "user_input": {}}
    assert found["project_metadata"] == {"project-slug": "ssx", **told, **more}
    assert found["title"] == ("Bounce_7_images" if told else "elsewhere")


def test_the_hit_map_has_a_square_for_each_place_of_the_chip(tmp_path):
    pillow = pytest.importorskip("PIL.Image")
    images = [{"image": f"a_{n}.cbf", "peaks": 30 * (n == 5), "is_hit": n == 5, "resolution": None} for n in range(8)]
    (tmp_path / "a_0.json").write_text(json.dumps({"images": images, "troubles": []}))
    serial.pictures(results=str(tmp_path), about=str(tmp_path), steps="4x3")
    with pillow.open(tmp_path / "composite.png") as picture:
        side = picture.width // 4
        seen = [picture.getpixel((side * column + 1, side * row + 1)) for column, row in ((0, 0), (1, 1), (3, 2))]

    assert seen[0] == (201, 206, 214)
    assert seen[1] not in {seen[0], (255, 255, 255)}
    assert seen[2] == (255, 255, 255)
