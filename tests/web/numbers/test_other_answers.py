"""The other answers of an address have the same numbers as its page: JSON, all values of a facet, files."""

from __future__ import annotations

import csv
import io
import json

from hypothesis import given

from apps.search.types import Terms
from tests.search.counting import count
from tests.search.shelf import told
from tests.web.numbers.answer import Truth, differ
from tests.web.numbers.facets import terms
from tests.web.numbers.meaning import beside
from tests.web.numbers.page import lines, read, tree
from tests.web.numbers.records import records
from tests.web.numbers.thorough import assert_none, each_time, questions, thorough

COUNTED = ("protein", "x")


@thorough
@given(records(), questions)
def test_json_has_the_numbers_of_the_page(library, clients, records, questions):
    index, facets = library.holding(records), "".join(f"&facet={path}:50" for path in COUNTED)

    for name, views, asked in each_time(records, questions):
        said = clients[name].get(f"/{index.slug}/?{asked.query}&format=json{facets}").json()
        truth = Truth(views, asked)
        differences = differ("total", said["total"], len(truth.found))
        differences += differ("count", (said["count"], len(said["gmeta"])), (len(truth.subjects),) * 2)
        for path, facet in zip(COUNTED, said["facet_results"], strict=True):
            buckets = count(Terms(name=path, path=path, size=50), beside(views, asked, path)).buckets
            got = [(told(bucket["value"]), bucket["count"]) for bucket in facet["buckets"]]
            differences += differ(path, got, [(told(bucket.value), bucket.count) for bucket in buckets])
        assert_none(differences, asked, name, records)


@thorough
@given(records(), questions)
def test_the_page_of_all_values_counts_each(library, clients, records, questions):
    index = library.holding(records)

    for name, views, asked in each_time(records, questions):
        for path in COUNTED:
            answer = clients[name].get(f"/{index.slug}/?{asked.query}&facet={path}")
            expected = terms(path, beside(views, asked, path), asked, size=100, by_value=False)
            assert_none(differ(path, lines(tree(answer.content.decode())), expected), asked, name, records)


@thorough
@given(records(), questions)
def test_files_hold_each_record_that_is_found(library, clients, records, questions):
    index = library.holding(records)

    for name, views, asked in each_time(records, questions):
        files = read(clients[name].get(f"/{index.slug}/?{asked.query}").content.decode())["files"]
        expected = sorted(view.subject for view in Truth(views, asked).found)
        got = {label: _subjects(clients[name], url) for label, url in files.items() if "CSV" in label or "ND" in label}
        assert_none(differ("files", list(got.values()), [expected] * 2 if expected else []), asked, name, records)


def _subjects(client, url: str) -> list[str]:
    written = b"".join(client.get(url).streaming_content).decode()
    if "as=csv" in url:
        return [row[0] for row in csv.reader(io.StringIO(written))][1:]
    return [json.loads(line)["subject"] for line in written.splitlines()]
