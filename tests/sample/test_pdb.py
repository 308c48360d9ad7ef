"""The entries of the Protein Data Bank keep what the file says, and say it in better types."""

from collections import Counter

from apps.web.sample import pdb


def test_all_entries_are_there_once_and_public():
    found = list(pdb.entries())

    assert len(found) == len({entry.subject for entry in found}) == 2828
    assert {entry.visible_to for entry in found} == {("public",)}


def test_what_is_missing_in_the_file_is_missing_in_the_entry():
    counts = Counter(bool(entry.content["structure"].get("resolution")) for entry in pdb.entries())
    years = [entry.content.get("publication_year") for entry in pdb.entries()]

    assert counts[False] == 265
    assert years.count(None) == 484


def test_an_entry_is_nested_and_its_numbers_are_numbers():
    first = next(pdb.entries())

    assert first.subject == "https://www.rcsb.org/structure/4BUE"
    assert first.content["publication_year"] == 2013
    assert first.content["structure"]["resolution"] == 1.6
    assert first.content["crystallization"] == {"ph": 8.5, "details": first.content["crystallization"]["details"]}


def test_a_cell_with_several_values_becomes_an_array():
    contents = [entry.content for entry in pdb.entries()]

    assert ["NEUTRON DIFFRACTION", "X-RAY DIFFRACTION"] in [content["experimental_techniques"] for content in contents]
    assert ["Protein", "DNA"] in [content.get("macromolecule_types") for content in contents]


def test_an_id_that_looks_like_a_number_stays_a_word():
    ids = {entry.content["pdb_id"] for entry in pdb.entries()}

    assert "1E52" in ids
