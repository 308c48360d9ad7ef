"""RO-Crates, as the library of their authors reads them."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from rocrate.rocrate import ROCrate


@pytest.fixture
def crate(fetch, tmp_path):
    def crate(kind):
        path = tmp_path / f"{kind}.zip"
        path.write_bytes(fetch(kind, "ro-crate").content)
        return ROCrate(path)

    return crate


def test_every_record_is_a_crate(crate, kind):
    read = crate(kind)

    assert read.version == "1.1"
    assert (read.root_dataset.type, bool(read.name), bool(read.datePublished)) == ("Dataset", True, True)


def test_a_crate_tells_who_made_it_and_where_its_files_are(crate):
    read = crate("full")

    assert [who["name"] for who in read.root_dataset["author"]] == ["Curie, Marie", "Beamline 7"]
    assert [one["name"] for one in read.root_dataset["author"][0]["affiliation"]] == ["Sorbonne", "Institut du Radium"]
    assert read.root_dataset["license"]["name"] == "CC BY 4.0"
    assert [(part.id, part["contentSize"]) for part in read.root_dataset["hasPart"]] == [
        ("https://data.example.org/a.cbf", "1200"),
        ("https://data.example.org/b%20b.txt", "34"),
    ]


def test_a_crate_holds_a_page_for_people_and_none_of_the_files(fetch):
    archive = ZipFile(BytesIO(fetch("full", "ro-crate").content))

    assert archive.namelist() == ["ro-crate-metadata.json", "ro-crate-preview.html"]
    preview = archive.read("ro-crate-preview.html").decode()
    assert "Chip 7 &lt;of&gt; {12} &amp; more" in preview
    assert 'href="https://data.example.org/a.cbf"' in preview


def test_the_same_record_is_the_same_crate(fetch, client):
    first = fetch("full", "ro-crate").content

    assert client.get("/crystals/detail/full/?format=ro-crate").content == first
