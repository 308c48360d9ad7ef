"""All hits as a file: what the visitor sees of them, in each format, harmless wherever it is opened."""

import csv
import json

import pytest
from django.utils import timezone

from apps.search.types import Record, VisibleEntry
from apps.web.downloads import table
from tests.web.conftest import entry

FORMATS = ["csv", "json", "ndjson", "bibtex"]


def fetched(client, query="as=csv"):
    answer = client.get(f"/crystals/download/?{query}")
    assert answer.status_code == 200
    return b"".join(answer.streaming_content).decode()


def rows(client, query="as=csv"):
    return list(csv.reader(fetched(client, query).splitlines(), strict=True))


def test_a_file_of_rows_has_the_columns_that_are_shown(client, shelf):
    assert rows(client, "as=csv&filter.protein=Lysozyme&view=table&page=7&sort=-title") == [
        ["Subject", "Title", "Protein", "Hit rate (%)"],
        ["b", "Run b", "Lysozyme", "21"],
        ["c", "Run c", "Lysozyme", ""],
    ]
    assert rows(client, "as=csv&q=lysozyme&columns=made,protein")[1][2:] == ["2021-12-31T23:59:59Z", "Lysozyme"]


def test_hidden_records_stand_in_no_file(client, shelf, alice, bob, charlie):
    def subjects(user, name):
        client.force_login(user) if user else client.logout()
        text = fetched(client, f"as={name}")
        return [one for one in "abcdef" if f"Run {one}" in text]

    for name in FORMATS:
        found = ["".join(subjects(user, name)) for user in (None, charlie, bob, alice)]
        assert found == ["abc", "abc", "abcde", "abcdef"]


def test_hidden_parts_of_a_record_stand_in_no_file(client, shelf, put, alice):
    put(shelf, alice, entry("a", visible_to="all_authenticated_users", entry_id="more", protein="Secretase"))

    for name in FORMATS:
        assert "Secretase" not in fetched(client, f"as={name}")


def test_json_has_the_records_of_the_api(client, shelf):
    listed = json.loads(fetched(client, "as=json&q=run"))
    lines = [json.loads(line) for line in fetched(client, "as=ndjson&q=run").splitlines()]
    api = client.get(f"/api/search/v1/index/{shelf.id}/search?q=run").json()["gmeta"]

    assert listed == lines == sorted(api, key=lambda record: record["subject"])
    assert json.loads(fetched(client, "as=json&q=nothing")) == []


def test_a_file_goes_on_from_page_to_page_while_it_is_sent(client, index, put, alice, monkeypatch):
    monkeypatch.setattr("apps.search.services.finding.EXPORT_PAGE", 10)
    put(index, alice, *(entry(f"{n:03}") for n in range(35)))

    answer = client.get("/crystals/download/?as=ndjson")

    assert answer.streaming
    assert [json.loads(line)["subject"] for line in answer.streaming_content] == [f"{n:03}" for n in range(35)]


def test_a_file_is_named_after_its_index_and_the_day(client, shelf):
    answer = client.get("/crystals/download/?as=bibtex")

    assert answer["Content-Disposition"] == f'attachment; filename="crystals-{timezone.localdate()}.bib"'


@pytest.mark.parametrize("query", ["", "as=xml", "as=csv&as=json", "as=csv&filter-range.rate=1,5--", "as=csv&page=x"])
def test_what_cannot_be_read_is_no_file(client, shelf, query):
    assert client.get(f"/crystals/download/?{query}").status_code == 400


def test_the_page_leads_to_the_files_of_its_search(client, shelf):
    context = client.get("/crystals/?q=run&filter.protein=Lysozyme&columns=made&view=table&sort=title").context

    urls = [link.url for link in context["downloads"]]
    assert urls[0] == "/crystals/download/?q=run&filter.protein=Lysozyme&sort=title&columns=made&as=csv"
    assert [client.get(url).status_code for url in urls] == [200] * 4


@pytest.mark.parametrize(
    ("values", "cell"),
    [
        (["=1+1"], "'=1+1"),
        (["-2"], "'-2"),
        ([-2], "-2"),
        ([-2, -3.0], "'-2; -3"),
        (["a", "@b", None, "", "c"], "a; '@b; c"),
        (["\t=1"], "'\t=1"),
        ([True], "true"),
        ([], ""),
    ],
)
def test_no_cell_is_a_formula(values, cell):
    assert table.cell(values) == cell


def test_cells_are_quoted_where_they_must_be():
    record = Record('s,"1"', (VisibleEntry("", json.dumps({"title": "two\nlines"})),))

    assert table.line(record, "title", ()) == '"s,""1""","two\nlines"\r\n'
