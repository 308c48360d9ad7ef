"""Movies of cryo-EM: how far the sample moved in them is measured to about a tenth of a pixel."""

import json

import numpy as np
import pytest

from apps.flows.ready_made.functions import movies
from apps.flows.ready_made.functions.making import write_movies


@pytest.fixture
def folders(tmp_path):
    made = {name: tmp_path / name for name in ("movies", "results", "about")}
    for one in made.values():
        one.mkdir()
    return made


@pytest.mark.parametrize("drift", [0.5, 2.25, 10])
def test_movement_is_measured(folders, drift):
    write_movies(folders["movies"], "movie", range(1), drift=drift)
    movies.motion(movies=str(folders["movies"]), results=str(folders["results"]))
    told = json.loads((folders["results"] / "movie_000.mrc.json").read_text())

    assert (told["frames"], told["pixel"], told["unit"]) == (8, 1.1, "Å")
    assert told["steps"] == pytest.approx([1.1 * drift] * 7, abs=0.13)


def test_good_movies_are_those_that_hardly_moved(folders):
    for name, drift in (("still", 0.25), ("shaken", 6)):
        write_movies(folders["movies"], name, range(1), drift=drift)
    movies.motion(movies=str(folders["movies"]), results=str(folders["results"]))
    told = movies.report(results=str(folders["results"]), about=str(folders["about"]))

    assert (told["movies"], told["good"]) == (2, 1)
    assert (folders["about"] / "motion.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("mode", [np.dtype(">i2"), np.dtype("<i2")])
def test_both_orders_of_bytes_are_read(tmp_path, mode):
    frames = np.arange(24, dtype=np.int16).reshape(2, 3, 4)
    whole = bytearray(movies.written(frames, 2.0))
    if mode.byteorder == ">":
        whole[:208] = np.frombuffer(whole[:208], "<i4").astype(">i4").tobytes()
        whole[212:214] = b"\x11\x11"
        whole[1024:] = frames.astype(">i2").tobytes()
    (tmp_path / "a.mrc").write_bytes(whole)
    movie = movies.read(tmp_path / "a.mrc")

    assert (movie.frames.tolist(), movie.pixel) == (frames.tolist(), 2.0)


@pytest.mark.parametrize(
    ("at", "bytes_", "said"),
    [
        (0, b"\xff\xff\xff\x7f", "shorter than its header says"),
        (8, b"\0\0\0\0", "are not read"),
        (12, b"\4\0\0\0", "in the mode 4"),
        (92, b"\0\0\0\x80", "are not read"),
        (208, b"....", "no MRC file"),
    ],
)
def test_a_broken_movie_is_refused_with_a_reason(tmp_path, at, bytes_, said):
    whole = bytearray(movies.written(np.zeros((2, 3, 4), np.int16), 1.0))
    whole[at : at + 4] = bytes_
    (tmp_path / "a.mrc").write_bytes(whole)

    with pytest.raises(ValueError, match=said):
        movies.read(tmp_path / "a.mrc")


def test_one_that_cannot_be_read_is_told_and_stops_nothing(folders):
    write_movies(folders["movies"], "movie", range(1))
    (folders["movies"] / "half.mrc").write_bytes(b"half")
    told = movies.motion(movies=str(folders["movies"]), results=str(folders["results"]))

    assert told == {"movies": 1, "troubles": [{"movie": "half.mrc", "trouble": "this is no MRC file"}]}
