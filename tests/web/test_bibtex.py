"""BibTeX: one entry of a record, wherever it stands."""

import json

import pytest

from apps.search.types import Record, VisibleEntry
from apps.web.record import bibliography, bibtex
from tests.web.conftest import entry

DATACITE = {
    "titles": [{"title": "50 % {of} A_B"}],
    "creators": [{"name": "Doe, Jane"}, {"name": "Salt and Pepper"}, {"name": "Pepper and Sons, Ltd"}],
    "publicationYear": "2021",
    "publisher": {"name": "Q & A"},
    "doi": "https://doi.org/10.5281/zenodo.1_2",
}


def work(subject, title="", **content):
    record = Record(subject, (VisibleEntry("", json.dumps(content)),))
    return bibliography.read(record, title=title or subject, url="https://p/x/")


@pytest.mark.parametrize(
    "content",
    [
        {"dc": DATACITE},
        {"pdb_id": "1BWI", "publication_year": 1998, "audit_author": [{"name": "Dong, J."}]},
        {"author": ["A", "B, C"], "date": "2020-02-03", "publisher": "~{P}^", "version": 2},
    ],
)
def test_the_page_of_a_record_and_a_file_of_it_have_the_same_entry(client, index, put, alice, content):
    put(index, alice, entry("r/1", **content))

    shown = client.get("/crystals/detail/r%2F1/").context["page"].citation.bibtex
    sent = client.get("/crystals/download/?as=bibtex").getvalue().decode()

    assert sent == f"{shown}\n\n"


def test_an_entry_is_made_of_what_datacite_says():
    told = work("run/7", dc=DATACITE)

    assert bibtex.entry(told).splitlines() == [
        f"@misc{{{bibtex.key(told)},",
        r"  title = {{50 \% \textbraceleft{}of\textbraceright{} A\_B}},",
        "  author = {Doe, Jane and {Salt and Pepper} and {Pepper and Sons, Ltd}},",
        "  year = {2021},",
        r"  publisher = {Q \& A},",
        "  doi = {10.5281/zenodo.1_2},",
        "  url = {https://doi.org/10.5281/zenodo.1_2}",
        "}",
    ]


def test_an_entry_is_made_of_a_flat_record_too():
    told = work("https://www.rcsb.org/structure/112L", "112L", publication_year=1993, author=["A", "Bee, C."])

    assert bibtex.entry(told).splitlines()[1:-1] == [
        "  title = {{112L}},",
        "  author = {{A} and Bee, C.},",
        "  year = {1993},",
        "  url = {https://p/x/}",
    ]


def test_keys_are_plain_and_unique_and_say_who_and_when():
    keys = [bibtex.key(work(subject)) for subject in ("a/1", "b/1", "{,}", "", "é", "x" * 900)]

    assert len(set(keys)) == 6
    assert all(key.replace("-", "").isalnum() and key.isascii() and len(key) < 60 for key in keys)
    assert bibtex.key(work("run/7", dc=DATACITE)).startswith("doe_2021-")
