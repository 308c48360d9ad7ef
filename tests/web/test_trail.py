"""From a record on to its neighbours in the search that one came from, and back to its results."""

import pytest

from apps.web.links import record_url
from tests.web.conftest import entry


def hits(client, query):
    return client.get(f"/crystals/?{query}").context["page"].hits


def walk(client, url, most=50):
    """The subjects and places from here on by "Next"."""
    found = []
    for _ in range(most):
        context = client.get(url).context
        found.append((context["page"].subject, context["trail"].place))
        if context["trail"].next is None:
            break
        url = context["trail"].next.url
    return found


@pytest.fixture
def many(index, put, alice):
    put(index, alice, *(entry(f"{n:02}", protein="PDL1" if n % 2 else "KRAS", rate=n) for n in range(25)))


def test_next_goes_through_all_answers_in_their_order(client, many):
    first = hits(client, "filter.protein=PDL1&sort=-rate&q=run")[0]

    assert walk(client, first.url) == [(f"{n:02}", f"{at} of 12") for at, n in enumerate(range(23, 0, -2), start=1)]


def test_previous_undoes_next_and_back_leads_to_the_page_of_the_record(client, many):
    on_second_page = hits(client, "sort=rate&page=2")[0]

    trail = client.get(on_second_page.url).context["trail"]
    before = client.get(trail.previous.url).context["trail"]

    assert (trail.back_url, trail.place) == ("/crystals/?sort=rate&page=2", "11 of 25")
    assert (before.back_url, before.place) == ("/crystals/?sort=rate", "10 of 25")
    assert client.get(before.next.url).context["page"].subject == on_second_page.subject


def test_neighbours_behind_the_last_number_are_found_by_cursor(client, many, monkeypatch):
    monkeypatch.setattr("apps.web.results.pager.MAX_WINDOW", 10)
    beyond = client.get("/crystals/?filter.protein=KRAS&sort=rate").context["page"].pager.next_url

    found = hits(client, beyond.partition("?")[2])

    assert walk(client, found[0].url) == [("20", ""), ("22", ""), ("24", "")]
    assert client.get(found[1].url).context["trail"].back_url == beyond


def test_each_visitor_goes_through_what_they_see(client, shelf, alice, bob):
    def subjects(user):
        client.force_login(user) if user else client.logout()
        return [subject for subject, _ in walk(client, f"{record_url('crystals', 'a')}?from=sort%3Dtitle&at=1")]

    assert [subjects(user) for user in (None, bob, alice)] == [list("abc"), list("abcde"), list("abcdef")]


def test_a_record_that_stands_elsewhere_by_now_has_only_a_way_back(client, many):
    trail = client.get(record_url("crystals", "20"), {"from": "sort=rate", "at": "3"}).context["trail"]

    assert (trail.place, trail.previous, trail.next) == ("", None, None)


@pytest.mark.parametrize(
    ("told", "at"),
    [
        ("sort=rate", "x"),
        ("sort=rate", "-1"),
        ("sort=rate", "99999999"),
        ("sort=rate", "٣"),
        ("page=nought", "1"),
        ("cursor=nonsense", "1"),
        ("q=%28&advanced=true", "1"),
        ("bypass_visible_to=true", "1"),
        ("filter_principal_sets=x", "1"),
        ("q=" + "x" * 5000, "1"),
        ("\0", "\0"),
    ],
)
def test_a_malformed_trail_does_no_harm(client, shelf, told, at):
    answer = client.get(record_url("crystals", "a"), {"from": told, "at": at})

    assert answer.status_code == 200
    assert 'rel="next"' not in answer.content.decode()
