"""The files of the made-up runs: always the same ones, as their records name them."""

import struct
import sys
import zlib
from hashlib import sha256
from pathlib import Path

import h5py
import pytest

from apps.web.sample import ssx
from apps.web.sample.files import png
from apps.web.sample.files.shelf import Shelf

READERS = ssx.Readers(group="urn:globus:groups:id:team", investigator="urn:globus:auth:identity:alice")


def filled(root, runs=150, say=print):
    return list(Shelf(root, say=say).filled(ssx.entries(runs, readers=READERS)))


def contents(root):
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return tmp_path_factory.mktemp("beamline")


@pytest.fixture(scope="module")
def entries(root):
    return filled(root)


def test_records_name_just_the_files_that_are_there(root, entries):
    named = {file["url"]: file for entry in entries for file in entry.content.get("files", [])}
    there = {f"/files/{ssx.COLLECTION}/{path}": data for path, data in contents(root).items()}

    assert named.keys() == there.keys()
    assert all(named[url]["length"] == len(data) for url, data in there.items())
    assert all(named[url]["sha256"] == sha256(data).hexdigest() for url, data in there.items())


def test_they_are_the_same_each_time(root, entries, tmp_path):
    assert filled(tmp_path) == entries
    assert contents(tmp_path) == contents(root)


def test_a_file_lies_in_the_folder_of_those_who_see_its_record(entries):
    for entry in entries:
        for file in entry.content.get("files", []):
            folder = "/".join(file["url"].split("/")[3:5])
            assert (READERS.folders[folder],) == entry.visible_to
            assert file["url"] == entry.subject.replace("globus://", "/files/") + Path(file["url"]).name


def test_a_picture_is_whole(root, entries):
    for path in root.rglob("*.png"):
        data = path.read_bytes()
        width, height = struct.unpack(">II", data[16:24])
        pixels = zlib.decompress(data[data.index(b"IDAT") + 4 : -16])
        assert data.startswith(png.SIGNATURE)
        assert len(pixels) == height * (1 + width // 2)


def test_a_nexus_file_has_the_hit_map_and_the_sample(root, entries):
    [path, *_] = sorted(root.rglob("*.nxs"))

    with h5py.File(path) as file:
        assert file["entry"].attrs["NX_class"] == "NXentry"
        assert file["entry/hit_map/lattices"].shape == (64, 64)
        assert file["entry/instrument/beam/incident_wavelength"].attrs["units"] == "angstrom"
        assert file["entry/sample/name"][()].decode() in {protein.name for protein in ssx.PROTEINS}


def test_without_the_library_there_is_no_hdf5_and_it_is_said(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "h5py", None)
    said = []

    entries = filled(tmp_path, say=said.append)

    assert ["h5py is not installed" in line for line in said] == [True]
    assert not list(tmp_path.rglob("*.nxs"))
    assert not any(".nxs" in str(entry.content) for entry in entries)


def test_of_notes_nothing_is_written(entries):
    assert not any("files" in entry.content for entry in entries if entry.entry_id)
