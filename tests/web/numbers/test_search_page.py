"""Every number of the search page is the plain evaluator's, as four callers."""

from __future__ import annotations

from hypothesis import given

from tests.web.numbers.answer import Truth
from tests.web.numbers.page import read
from tests.web.numbers.records import records
from tests.web.numbers.thorough import assert_none, each_time, questions, thorough


@thorough
@given(records(), questions)
def test_each_number_of_the_search_page_is_so(library, clients, records, questions):
    index = library.holding(records)

    for name, views, asked in each_time(records, questions):
        answer = clients[name].get(f"/{index.slug}/?{asked.query}")
        differences = Truth(views, asked).differences(read(answer.content.decode()))
        assert_none(differences, asked, name, records)
