"""The catalogue page: what stands where, what clashes, and one click to a facet."""

import pytest

from apps.access import services as access
from apps.access.types import identity_urn
from apps.accounts import services as accounts
from apps.search import services as search
from tests.web.conftest import entry

AT = "/crystals/manage/catalogue/"


@pytest.fixture
def mixed(index, put, alice, client):
    """A path that is a number in two records and a word in one, and dates of which one is none."""
    put(
        index,
        alice,
        entry("a", energy=12.6, made="2020-01-01"),
        entry("b", energy=7, made="2020-01-02"),
        entry("c", energy="high", made="2020-01-03"),
        entry("d", **{"odd: key": 1}, made="soon"),
    )
    client.force_login(alice)
    return index


@pytest.fixture
def role(index):
    """Gives a person a role on the index."""
    return lambda user, name: access.grant(index.resource, name, identity_urn(accounts.identity_ids_of(user)[0]))


def page(client, query=""):
    return client.get(f"{AT}?{query}").context["page"]


def line(page, path):
    return next(line for line in page.lines if line.path == path)


def test_only_those_with_a_role_see_that_pages_to_manage_are_there(client, index, bob, charlie, role):
    role(bob, "writer")
    link = 'href="/crystals/manage/catalogue/">Manage'

    def told(user, path):
        client.force_login(user)
        return client.get(path).status_code

    assert [told(user, AT) for user in (bob, charlie)] == [200, 404]
    assert [told(user, "/crystals/manage/presentation/") for user in (bob, charlie)] == [404, 404]
    assert link not in client.get("/crystals/").content.decode()
    client.force_login(bob)
    assert link in client.get("/crystals/").content.decode()


def test_a_stranger_is_told_the_same_as_of_an_index_that_is_not_there(client, index):
    answers = [client.get(f"/{name}/manage/catalogue/") for name in ("crystals", "nowhere")]

    texts = [answer.content.decode().replace("nowhere", "crystals") for answer in answers]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert texts[0] == texts[1]


def test_each_path_has_its_kinds_and_how_often(client, mixed):
    energy = line(page(client), "energy")

    assert [(kind.name, kind.count, kind.is_rare) for kind in energy.kinds] == [
        ("number", "2", False),
        ("text", "1", True),
    ]
    assert energy.entries == "3"


@pytest.mark.parametrize(
    ("path", "found"),
    [("energy", {"number": ["a", "b"], "text": ["c"]}), ("made", {"date": ["a", "b", "c"], "text": ["d"]})],
)
def test_the_numbers_of_clashing_kinds_lead_to_the_records(client, mixed, path, found):
    kinds = {kind.name: kind.url for kind in line(page(client), path).kinds}

    subjects = {name: sorted(hit.subject for hit in client.get(at).context["page"].hits) for name, at in kinds.items()}

    assert subjects == found


def test_the_records_are_found_however_the_path_is_spelt(client, index, put, alice):
    odd = 'made on: the.day (UTC) "é"\\ /-'
    put(
        index,
        alice,
        *(entry(one, **{odd: when}) for one, when in {"a": "2020-01-01", "b": "2021-02-03", "c": "soon"}.items()),
    )
    client.force_login(alice)

    [found] = page(client, "only=conflicts").lines

    urls = {kind.name: kind.url for kind in found.kinds}
    assert {name: sorted(hit.subject for hit in client.get(at).context["page"].hits) for name, at in urls.items()} == {
        "date": ["a", "b"],
        "text": ["c"],
    }


def test_clashes_can_be_asked_for_alone(client, mixed):
    assert [line.path for line in page(client, "only=conflicts").lines] == ["energy", "made"]


def test_paths_past_the_field_budget_are_told(client, index, put, alice):
    index.field_budget = 2
    index.save()
    client.force_login(alice)
    put(index, alice, entry("a", colour="red", size=1, weight=2))

    found = page(client, "only=beyond")

    assert len(found.lines) == 2
    assert not any(line.is_indexed for line in found.lines)


def test_five_hundred_paths_are_filtered_sorted_and_paged(client, index, put, alice):
    put(index, alice, entry("a", **{f"p{n:03}": n for n in range(500)}), entry("b", p007=1))
    client.force_login(alice)

    first, second = page(client), page(client, "page=2")

    assert (len(first.lines), first.pages.text) == (100, "1 to 100 of 501")
    assert second.lines[0].path == "p100"
    assert [line.path for line in page(client, "order=-entries").lines[:2]] == ["p007", "title"]
    assert [line.path for line in page(client, "contains=P49").lines] == [f"p49{n}" for n in range(10)]


def test_a_click_makes_a_path_a_facet_and_another_takes_it_back(client, mixed):
    at = "contains=energy&page=1"
    made = client.post(f"{AT}show/", {"path": "energy", "part": "facets", "at": at}, follow=True)

    mixed.refresh_from_db()
    assert mixed.presentation["facets"][-1] == {"path": "energy", "label": "Energy", "kind": "number"}
    assert made.context["added"] == {"note": "Made energy a facet", "before": 1}
    assert line(made.context["page"], "energy").is_facet

    client.post("/crystals/manage/presentation/restore/", {"number": 1, "at": at})

    mixed.refresh_from_db()
    assert [facet["path"] for facet in mixed.presentation["facets"]] == ["protein", "rate", "made"]


@pytest.fixture
def new(alice, put, client):
    """An index that declares nothing and proposes its colours."""
    index = search.create_index(actor=alice, display_name="New", slug="new")
    put(index, alice, *(entry(str(n), colour="red" if n % 2 else "blue", note=f"x{n}") for n in range(10)))
    client.force_login(alice)
    return index


def facets(client):
    return [facet.label for facet in client.get("/new/").context["page"].facets]


def test_the_first_click_declares_what_was_clicked_and_the_rest_stays_a_proposal(client, new, alice, put):
    client.post("/new/manage/catalogue/show/", {"path": "note", "part": "facets"})

    new.refresh_from_db()
    assert new.presentation == {"facets": ["proposed", {"path": "note", "label": "Note"}]}
    assert facets(client) == ["Colour", "Note"]
    put(new, alice, *(entry(str(n), colour="red", size="big" if n % 3 else "small", note="y") for n in range(10)))
    assert facets(client) == ["Size", "Note"]


def test_a_click_tells_nobody_of_paths_that_only_the_admin_sees(client, new, alice, put):
    own = identity_urn(accounts.identity_ids_of(alice)[0])
    put(new, alice, *(entry(f"h{n}", own, secret="x" if n % 2 else "y") for n in range(10)))
    assert "Secret" in facets(client)

    client.post("/new/manage/catalogue/show/", {"path": "note", "part": "facets"})

    client.logout()
    assert facets(client) == ["Colour", "Note"]


def test_the_first_column_comes_behind_those_that_are_proposed(client, new):
    client.post("/new/manage/catalogue/show/", {"path": "title", "part": "columns"})

    new.refresh_from_db()
    assert new.presentation == {"columns": ["proposed", {"path": "title", "label": "Title"}]}
    table = client.get("/new/?view=table").context["table"]
    assert [heading.label for heading in table.headings] == ["Colour", "Note", "Title"]


def test_a_path_that_is_a_facet_already_changes_nothing(client, mixed):
    said = client.post(f"{AT}show/", {"path": "made", "part": "facets"}, follow=True)

    assert b"made is a facet already." in said.content
    assert search.presentation_history(index=mixed, actor=said.context["user"]) == []


@pytest.mark.parametrize("query", ["page=x", "page=99999999999", "only=all&order=size", "contains=%00&page=-1"])
def test_no_address_breaks_the_catalogue(client, mixed, query):
    assert client.get(f"{AT}?{query}").status_code == 200
