"""Every page asks the question of its address the same way."""

import pytest

from apps.search.forms import url
from apps.search.types import Boost, Presentation, Sort
from apps.web.results import asking


def test_a_question_has_the_boosts_of_its_index_and_all_that_its_address_says():
    boosts = (Boost("title", 3.0),)
    state = url.parse("q=lysozyme&sort=rate&cursor=x&bypass_visible_to=true&filter_principal_sets=team&explain=true")

    asked = asking.question(state, Presentation(boosts=boosts))

    assert (asked.query.boosts, asked.query.words, asked.query.sort) == (boosts, ("lysozyme",), (Sort("rate", False),))
    assert (asked.cursor, asked.sees_all, asked.principal_sets) == ("x", True, ("team",))


@pytest.mark.parametrize("page", ["/crystals/", "/crystals/download/", "/crystals/detail/a/"])
def test_an_explanation_that_no_page_shows_is_not_asked_for(client, shelf, page):
    assert client.get(page, {"explain": "true", "as": "csv", "from": "explain=true", "at": "1"}).status_code == 200
