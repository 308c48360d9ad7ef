"""Any JSON becomes something that a person can read."""

import pytest

from apps.web import values
from apps.web.record.readable import MAX_ROWS, Reader
from apps.web.values import Value


def read(content, **known):
    return Reader(**known).section(content, title="Metadata")


def test_scalars_are_facts_and_objects_are_sections():
    section = read({"run_name": "S12", "batch_info": {"hit_rate": 13.93}})

    assert [fact.label for fact in section.facts] == ["Run name"]
    assert [(part.label, part.key, part.facts[0].label) for part in section.sections] == [
        ("Batch info", "batch_info", "Hit rate")
    ]


def test_flat_objects_in_an_array_are_a_table_with_a_column_for_each_key():
    section = read({"files": [{"name": "a", "length": 12345}, {"name": "b", "type": "png"}]})

    [table] = section.tables
    assert table.columns == ("Name", "Length", "Type")
    assert [[fact.values[0].text for fact in row] for row in table.rows] == [
        ["a", "12,345", "none"],
        ["b", "none", "png"],
    ]


def test_objects_of_one_key_in_an_array_are_a_fact_with_many_values():
    section = read({"titles": [{"title": "a"}, {"title": "b"}], "x": [{"y": [1, 2]}]}, units={"titles.title": "m"})

    [fact] = section.facts
    assert (fact.label, [value.text for value in fact.values], fact.unit) == ("Titles", ["a", "b"], "m")
    assert section.tables[0].columns == ("Y",)


def test_numbers_of_a_table_stand_to_the_right():
    [table] = read({"files": [{"name": "a", "length": 5}]}).tables

    assert [fact.is_number for fact in table.rows[0]] == [False, True]
    assert table.heads == (("Name", False), ("Length", True))


@pytest.mark.parametrize(
    ("key", "shown"),
    [("pdb_id", "PDB ID"), ("ph", "pH"), ("sha256", "SHA-256"), ("det_distance", "Det distance"), ("", "(no name)")],
)
def test_a_key_reads_as_words(key, shown):
    assert values.label(key) == shown


def test_deeper_objects_in_an_array_are_sections_of_their_own():
    section = read({"creators": [{"name": "Alice", "at": {"city": "X"}}, {"name": "Bob"}]})

    assert [part.label for part in section.sections[0].sections] == ["Creators 1", "Creators 2"]


def test_a_declared_label_and_unit_are_used_for_a_path_whose_key_has_a_dot():
    section = read({"a.b": {"hit_rate": 1}}, labels={"a\\.b.hit_rate": "Rate"}, units={"a\\.b.hit_rate": "%"})

    [fact] = section.sections[0].facts
    assert (fact.label, fact.unit) == ("Rate", "%")


def test_what_is_too_much_for_a_page_is_cut_with_a_word():
    section = read({"many": list(range(MAX_ROWS + 5)), "rows": [{"a": 1, "b": 2}] * (MAX_ROWS + 7)})

    assert (section.facts[0].more, section.tables[0].more) == (5, 7)


def test_nesting_without_end_is_shown_as_json_at_some_depth():
    content = {"x": 1}
    for _ in range(200):
        content = {"in": content}

    section = read(content)

    while section.sections:
        section = section.sections[0]
    assert section.facts[0].values[0].text.startswith('{"in": {')


@pytest.mark.parametrize(
    "text", ["javascript:alert(1)", "data:text/html,x", "ftp://a.b", "https://", "http:// a", "//a.b"]
)
def test_only_http_addresses_become_links(text):
    assert values.value(text).href == ""


def test_an_http_address_becomes_a_link():
    assert values.value("https://example.org/a?b=c").href == "https://example.org/a?b=c"


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("2021-04-21", "21 Apr 2021"),
        ("2021-04-21T18:03:11.315060Z", "21 Apr 2021, 18:03:11 UTC"),
        ("2021-04-21 18:03:00 +0200", "21 Apr 2021, 18:03 UTC+0200"),
        ("2021-02-30", "2021-02-30"),
        (2021, "2021"),
        (37400, "37,400"),
        (0.1, "0.1"),
        (12.0, "12"),
        (56047.65, "56,047.65"),
        (True, "yes"),
        (None, "none"),
        ("", "none"),
    ],
)
def test_a_value_reads_as_people_write_it(raw, shown):
    assert values.value(raw).text == shown


def test_a_long_text_is_folded_and_whole():
    text = "word " * 200

    folded = values.value(text)

    assert folded == Value(text, lead=folded.lead)
    assert 100 < len(folded.lead) < values.FOLD_AFTER
