"""HDF5 and NeXus as JSON, and what was made to do harm (see also ``tests/web/files/test_hdf5.py``)."""

import h5py
import numpy
import pytest

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(root):
    return lambda name, **how: h5py.File(root / "open" / name, "w", **how)


def flat(node):
    return {node["name"]: node} | {name: one for child in node.get("children", ()) for name, one in flat(child).items()}


def test_a_nexus_file_is_told_as_a_whole_and_in_its_parts(contents, made):
    with made("chip.nxs") as file:
        entry = file.create_group("entry")
        entry.attrs["NX_class"] = "NXentry"
        entry["title"], entry["definition"], entry["start_time"] = "Größe 12", "NXmx", "2026-11-23T07:00:00Z"
        counts = entry.create_dataset("counts", data=numpy.arange(24).reshape(4, 6), compression="gzip")
        counts.attrs["units"], counts.attrs["offsets"] = "keV", numpy.array([0.1, 0.25], "f4")
    told = contents("chip.nxs")

    about = {"title": "Größe 12", "definition": "NXmx", "start_time": "2026-11-23T07:00:00Z"}
    assert told["entries"] == [{"path": "/entry"} | about]
    assert flat(told["root"])["counts"] == {
        "name": "counts",
        "kind": "dataset",
        "attributes": {"units": "keV", "offsets": [0.1, 0.25]},
        "shape": [4, 6],
        "type": "int64",
        "compression": "gzip",
        "first": [0, 1, 2, 3, 4, 5],
    }


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (numpy.float32(0.1), 0.1),
        (float("nan"), None),
        (True, True),
        (b"bytes \xff", "bytes �"),
        ("x" * 500, "x" * 399 + "…"),
        (numpy.array([(1, 2.5)], [("a", "i4"), ("b", "f8")]), {"a": 1, "b": 2.5}),
        (numpy.array([1 + 2j]), "(1+2j)"),
        (numpy.zeros((0,)), None),
    ],
)
def test_values_of_every_kind_become_json(contents, made, value, told):
    with made("values.h5") as file:
        file["value"] = numpy.bytes_(value) if isinstance(value, bytes) else value

    assert flat(contents("values.h5")["root"])["value"].get("value") == told


def test_a_tree_is_cut_where_it_becomes_too_large(contents, made):
    with made("wide.h5") as file:
        for number in range(50):
            file[f"d{number:02}"] = number
    told = contents("wide.h5", most_nodes=20)

    assert (len(told["root"]["children"]), told["is_cut"]) == (19, True)


def test_nothing_leads_out_of_the_file(contents, made, root):
    with h5py.File(root / "secret" / "other.h5", "w") as other:
        other["plan"] = "S3CR3T!!"
    with made("evil.h5") as file:
        file["link"] = h5py.ExternalLink(str(root / "secret" / "other.h5"), "/plan")
        file["soft"] = h5py.SoftLink("/nowhere")
        file.create_dataset("raw", (8,), "u1", external=[(str(root / "secret" / "plan.txt"), 0, 8)])
        file.create_group("a")["b"] = file["/"]
    nodes = flat(contents("evil.h5")["root"])

    assert (nodes["link"]["kind"], nodes["soft"]["target"]) == ("link", "/nowhere")
    assert nodes["raw"] == {"name": "raw", "kind": "dataset", "shape": [8], "type": "uint8"}
    assert "S3CR3T" not in str(nodes)


def test_broken_files_end_in_a_sentence_or_in_what_can_be_read(describe, made, root):
    with made("whole.h5", libver="latest") as file:
        for number in range(30):
            file.create_dataset(f"d{number}", data=numpy.arange(100), compression="gzip").attrs["n"] = number
    data = bytearray((root / "open" / "whole.h5").read_bytes())
    for start in range(40, 400, 40):
        hurt = bytearray(data)
        hurt[start : start + 8] = b"\xff" * 8
        (root / "open" / "hurt.h5").write_bytes(hurt)
        told = describe("hurt.h5")

        assert told.get("contents") or told["trouble"].startswith("It cannot be read")
