"""What the home page and a search across all indexes say that there is in each, as four callers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.web.numbers.answer import differ
from tests.web.numbers.asking import WORDS, Asked
from tests.web.numbers.meaning import hits
from tests.web.numbers.page import classed, number, text, tree
from tests.web.numbers.records import CALLERS, Records, records
from tests.web.numbers.thorough import assert_none, thorough


@thorough
@given(records(), st.sampled_from([word for word in WORDS if word != "*"]))
def test_each_index_says_how_many_records_one_may_see_and_find(library, clients, records, words):
    held = {"all": records, "half": Records(records[::2])}
    indexes = library.holding_each(held)

    for name, principals in CALLERS.items():
        views = {indexes[key].slug: some.seen_by(principals) for key, some in held.items()}
        seen = {slug: len(some) for slug, some in views.items()}
        found = {slug: n for slug, some in views.items() if (n := len(hits(some, Asked(words))))}
        differences = differ("home", _home(clients[name]), (seen, sum(seen.values())))
        differences += differ("search", _everywhere(clients[name], words), (found, sum(found.values())))
        assert_none(differences, Asked(words), name, records)


def _home(client) -> tuple[dict[str, int], int]:
    page = tree(client.get("/").content.decode())
    tiles = [tile for tiles in classed(page, "ul", "tiles") for tile in tiles.findall("li")]
    counts = {_slug(tile.find(".//h3/a")): number(text(tile.find(".//dd"))) for tile in tiles}
    return counts, number(text(page.find(".//h1/../p")))


def _everywhere(client, words: str) -> tuple[dict[str, int], int]:
    page = tree(client.get("/", {"q": words}).content.decode())
    headings = [one for one in page.iter("h2") if one.get("id", "").startswith("in-")]
    counts = {_slug(one.find("a")): number(text(one.find("span"))) for one in headings}
    summary = [text(one) for one in page.findall(".//main//p") if " in " in text(one) and "record" in text(one)]
    return counts, number(summary[0]) if counts else 0


def _slug(link) -> str:
    return link.get("href").split("/")[1]
