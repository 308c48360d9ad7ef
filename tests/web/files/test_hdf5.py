"""A look into HDF5 files, of which some were made to do harm."""

import pytest

from apps.common.confined.types import Limits
from apps.web.files.previews import tree
from tests.web.files.conftest import text_of

h5py = pytest.importorskip("h5py")
numpy = pytest.importorskip("numpy")
pytestmark = pytest.mark.django_db


@pytest.fixture
def look(client, bob, at, root):
    """Opens the page of a file that the test wrote into a folder that Bob may read."""
    client.force_login(bob)
    return lambda name: client.get(at("preview", f"/open/{name}"))


@pytest.fixture
def made(root):
    """A new HDF5 file for the test to fill."""
    return lambda name, **how: h5py.File(root / "open" / name, "w", **how)


def flat(nodes):
    return {node.name: node for one in nodes for node in (one, *flat(one.children).values())}


def test_groups_data_and_attributes_are_shown(look, made):
    with made("chip.nxs") as file:
        entry = file.create_group("entry")
        entry.attrs["NX_class"] = "NXentry"
        entry.create_dataset("counts", data=numpy.arange(24).reshape(4, 6), compression="gzip").attrs["units"] = "keV"
        entry["title"], entry["empty"] = "Größe 12", h5py.Empty("f8")
    nodes = flat(look("chip.nxs").context["preview"].tree)

    assert nodes["entry"].about == "NXentry"
    assert (nodes["counts"].about, nodes["counts"].values) == ("4 × 6, int64, gzip, in keV", "0, 1, 2, 3, 4, 5, …")
    assert (nodes["title"].about, nodes["title"].values) == ("one value, text", "Größe 12")
    assert nodes["empty"].about == "empty, float64"


def test_nothing_leads_out_of_the_file(look, made, root):
    (root / "secret" / "key.bin").write_bytes(b"S3CR3T!!")
    with h5py.File(root / "secret" / "other.h5", "w") as other:
        other["plan"] = "S3CR3T!!"
    with made("evil.h5") as file:
        file["link"] = h5py.ExternalLink(str(root / "secret" / "other.h5"), "/plan")
        file.create_dataset("raw", (8,), "u1", external=[(str(root / "secret" / "key.bin"), 0, 8)])
        layout = h5py.VirtualLayout((1,), h5py.string_dtype())
        layout[:] = h5py.VirtualSource(str(root / "secret" / "other.h5"), "plan", (1,))
        file.create_virtual_dataset("virtual", layout)
    page = look("evil.h5")
    nodes = flat(page.context["preview"].tree)

    assert "which is not followed" in nodes["link"].about
    assert (nodes["raw"].values, nodes["virtual"].values) == ("", "")
    assert "S3CR3T" not in text_of(page)
    assert "83, 51, 67" not in text_of(page)


def test_groups_that_are_in_each_other_come_to_an_end(look, made):
    with made("loop.h5") as file:
        file.create_group("a")["b"] = file["/"]
        file["a/again"] = file["a"]

    assert look("loop.h5").context["preview"].shape == "tree"


def test_a_file_with_more_than_can_be_shown_is_cut(look, made):
    with made("wide.h5") as file:
        for number in range(300):
            file.create_group(f"g{number}")
    preview = look("wide.h5").context["preview"]

    assert preview.note == "There is more in it than is listed here."
    assert len(preview.tree[0].children) == 200


@pytest.mark.parametrize("how", ["cut", "flipped", "none of it"])
def test_a_broken_file_is_told_and_nothing_else_happens(look, made, root, how):
    with made("broken.h5") as file:
        for number in range(50):
            file[f"d{number}"] = numpy.arange(100)
    path = root / "open" / "broken.h5"
    data = bytearray(path.read_bytes())
    if how == "flipped":
        data[600::7] = bytes(255 - one for one in data[600::7])
    path.write_bytes({"cut": data[: len(data) // 2], "flipped": data, "none of it": b"x" * 500}[how])

    page = look("broken.h5")
    assert page.status_code == 200
    assert page.context["preview"].shape in {"none", "tree"}


def test_what_unpacks_without_end_is_not_unpacked(look, made):
    with made("bomb.h5") as file:
        file.create_dataset("zeros", (1 << 32,), "u1", chunks=(1 << 31,), compression="gzip")[0] = 0

    assert flat(look("bomb.h5").context["preview"].tree)["zeros"].values == ""


def test_a_reader_that_takes_too_long_is_ended(look, made, monkeypatch):
    with made("slow.h5") as file:
        file["x"] = 1
    monkeypatch.setattr(tree, "LIMITS", Limits(seconds=0.01))

    assert "took longer than 0.01 s" in text_of(look("slow.h5"))


def test_of_a_large_file_only_what_is_needed_is_read(look, made, monkeypatch):
    with made("large.h5") as file:
        file.create_dataset("frames", (64 << 20,), "u1")[-1] = 7
        file["title"] = "behind it"
    monkeypatch.setattr("apps.storage.services.contents.MOST_BYTES_READ", 4 << 20)

    assert flat(look("large.h5").context["preview"].tree)["title"].values == "behind it"


def test_a_file_of_which_too_much_would_have_to_be_read_is_told(look, made, monkeypatch):
    made("large.h5").close()
    monkeypatch.setattr("apps.storage.services.contents.MOST_BYTES_READ", 100)

    assert "would have to be read" in text_of(look("large.h5"))


def test_without_the_library_it_is_said_what_to_install(look, made, monkeypatch):
    made("any.h5").close()
    monkeypatch.setattr("apps.storage.services.contents.find_spec", lambda name: None)

    assert "the extra hdf5" in text_of(look("any.h5")).replace("`", "")
