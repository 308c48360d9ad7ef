"""The embedded engine leaves out principals that change nothing, in the state of the store that a question reads."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from apps.search.backends.tantivy import TantivyBackend
from apps.search.backends.tantivy.keeping import MOST, Kept
from apps.search.types import Audience, Boosted, Identified, Match, Or, Query, Store, Terms, Wildcard
from tests.search.evaluator import answer
from tests.search.makers import GROUP, gone, record, shared
from tests.search.shelf import Shelf, through_json

GROUPS = [f"group {number}" for number in range(200)]
STAFF = Audience(frozenset({GROUP, *GROUPS}))


@pytest.fixture
def backend(tmp_path):
    return TantivyBackend(folder=tmp_path, writer_heap_bytes=15_000_000)


@pytest.fixture
def shelf(backend):
    store = Store("index", 1, depth=2)
    backend.create(store)
    return Shelf(backend, store)


def test_a_principal_that_appears_later_counts_on_the_next_question(shelf, tmp_path):
    shelf.put(record("a", {}, [GROUP]), record("b", {}, [GROUP, GROUPS[7]]))
    assert shelf.found(audience=STAFF) == ["a", "b"]
    elsewhere = Shelf(TantivyBackend(folder=tmp_path, writer_heap_bytes=15_000_000), shelf.store)

    elsewhere.put(record("c", {}, [GROUPS[8]]))

    assert shelf.found(audience=STAFF) == ["a", "b", "c"]


def test_a_principal_counts_again_when_the_wider_group_lost_its_records(shelf):
    shelf.put(*(record(f"{name}", {}, [GROUP, name]) for name in GROUPS))
    assert shelf.found(audience=STAFF) == sorted(GROUPS)

    shelf.put(*(record(f"{name}", {}, [name]) for name in GROUPS[:50]), *(gone(name) for name in GROUPS[50:60]))

    assert shelf.found(audience=STAFF) == sorted(GROUPS[:50] + GROUPS[60:])


def test_a_principal_that_is_denied_later_is_denied_on_the_next_question(shelf):
    shelf.put(shared("a", ([GROUP], {"x": "all"}), (["nobody here"], {"x": "secret"})))
    assert shelf.found(Match("x", ("all",)), STAFF) == ["a"]

    shelf.put(shared("a", ([GROUP], {"x": "all"}), ([GROUPS[9]], {"x": "more"})))

    assert shelf.counts(Terms(name="f", path="x"), STAFF) == [("all", 1), ("more", 1)]


@pytest.mark.parametrize("seed", range(8))
def test_many_principals_see_what_the_evaluator_lets_them_see(shelf, seed):
    chance = random.Random(seed)
    some = [*GROUPS[: chance.choice([10, 40, 200])], GROUP]
    made = [shared(f"s{n}", *((chance.sample(some, 3), {"x": n}) for _ in range(1 + n % 2))) for n in range(90)]
    for first in range(0, 90, 30):
        shelf.put(*made[first : first + 30])
    views = [view for one in made for view in one.views]
    query = Query(by_subject=True, limit=1000)

    for size in (1, 3, 20, 100, 201):
        who = Audience(frozenset(chance.sample([*GROUPS, GROUP], size)))
        assert shelf.ask(query, who).hits == answer(views, query, who, shelf.store).hits


def test_what_is_kept_is_bounded_and_the_oldest_goes_first():
    kept, made = Kept(), []

    def number(n: int) -> int:
        return kept.get(n, lambda: made.append(n) or n)

    for n in range(MOST):
        number(n)
    number(0), number(MOST), number(0), number(1)

    assert made == [*range(MOST), MOST, 1]


def test_hits_of_one_score_are_paged_by_subject_even_when_one_is_identified_meanwhile(shelf):
    shelf.put(*(record(f"{n:03}", {"t": "lysozyme"}, [GROUP]) for n in range(30)))
    text = Or((Wildcard("lys*"), Boosted(Identified("lys*"), 1000.0)))
    query = Query(text=text, limit=7)
    assert [one for page in shelf.pages(query, STAFF) for one in page] == [f"{n:03}" for n in range(30)]
    first = shelf.ask(query, STAFF).hits

    shelf.put(record("best", {"t": "lysozyme"}, [GROUP], exact=["lys*"]))
    after = replace(query, after=through_json(first[-1].cursor), limit=100)

    assert {hit.score for hit in first} == {1.0}
    assert shelf.ask(query, STAFF).hits[0].subject == "best"
    assert [hit.subject for hit in shelf.ask(after, STAFF).hits] == [f"{n:03}" for n in range(7, 30)]


def test_a_cursor_of_a_better_score_goes_on_with_all_hits_of_the_one_score(shelf):
    shelf.put(*(record(f"{n}", {"t": "lysozyme"}, [GROUP]) for n in range(3)))

    def behind(*cursor: object) -> list[str]:
        query = Query(text=Wildcard("lys*"), after=through_json(cursor))
        return [hit.subject for hit in shelf.ask(query, STAFF).hits]

    assert behind(1001.0, "best", 0) == ["0", "1", "2"]
    assert behind(1.0, "1", 1) == ["2"]
    assert behind(0.5, "1", 1) == []
