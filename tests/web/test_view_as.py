"""An admin of an index looks at it as somebody else: just that, logged, and nothing is changed meanwhile."""

import re

import pytest
from django.test import Client

from apps.access import services as access
from apps.access.types import ALL_AUTHENTICATED, identity_urn
from apps.accounts import services as accounts
from apps.accounts.models import AuditEvent, Identity
from apps.search import services as search
from tests.web.conftest import entry

VIEW, STOP = "/crystals/manage/view-as/", "/crystals/manage/view-as/stop/"
BANNER = "You look at"
PAGES = [
    "/crystals/",
    "/crystals/?q=run&view=table&sort=-rate",
    "/crystals/?facet=protein",
    "/crystals/?bypass_visible_to=true",
    "/crystals/?q=zyz",
    "/crystals/suggest/?q=run",
    "/crystals/download/?as=csv",
    "/crystals/download/?as=ndjson&q=run",
    *(f"/crystals/detail/{subject}/" for subject in "adfgh"),
    "/crystals/detail/g/?from=q%3Drun&at=2",
    "/crystals/detail/d/?format=jsonld",
    "/crystals/detail/f/?bypass_visible_to=true",
]


def urn(user):
    return identity_urn(accounts.identity_ids_of(user)[0])


@pytest.fixture
def world(shelf, put, alice, charlie):
    """With a record for Charlie alone and one for all who are signed in."""
    put(shelf, alice, entry("g", urn(charlie), protein="KRAS", rate=7), entry("h", ALL_AUTHENTICATED, protein="H"))
    return shelf


def browser(user=None):
    made = Client()
    if user:
        made.force_login(user)
    return made


def viewing(as_, user):
    made = browser(user)
    answer = made.post(VIEW, as_)
    assert answer.status_code == 302
    return made


def content(answer):
    """What a page says, without the frame, which tells who one is, as the page of what is not there does."""
    if answer.status_code >= 400:
        return ""
    if answer.streaming:
        return b"".join(answer.streaming_content).decode()
    text = answer.content.decode()
    main = re.search("<main.*</main>", text, re.DOTALL)
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", main[0] if main else text)


def told():
    found = AuditEvent.objects.filter(action__startswith="view.").order_by("pk")
    return [(one.action, one.actor_name, one.target_name, one.details) for one in found]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("as_", ["charlie", "bob", "nobody", "alice"])
def test_every_page_is_byte_for_byte_theirs(world, team, alice, bob, charlie, page, as_):
    people = {"alice": alice, "bob": bob, "charlie": charlie, "nobody": None}
    given = {"kind": "person", "username": as_} if people[as_] else {"kind": "nobody"}

    shown, theirs = viewing(given, alice).get(page), browser(people[as_]).get(page)

    assert (shown.status_code, content(shown)) == (theirs.status_code, content(theirs))


def test_somebody_who_is_signed_in_sees_what_all_of_them_see_and_no_more(world, alice):
    page = viewing({"kind": "somebody"}, alice).get("/crystals/").context["page"]

    assert sorted(hit.subject for hit in page.hits) == ["a", "b", "c", "h"]


@pytest.mark.parametrize("given", [{"kind": "person", "username": "zelda"}, {"kind": "person"}, {"kind": "king"}, {}])
def test_who_does_not_exist_is_told(world, alice, given):
    answer = browser(alice).post(VIEW, given)

    assert answer.status_code == 400
    assert told() == []


def test_who_never_came_is_told(world, alice):
    Identity.objects.create(username="dora@uni.example", provider="uni.example")

    answer = browser(alice).post(VIEW, {"kind": "person", "username": "dora@uni.example"})

    assert (answer.status_code, "Nobody has signed in" in answer.text) == (400, True)
    assert told() == []


def test_it_is_for_admins_of_the_index(world, alice, bob, charlie):
    access.grant(world.resource, "admin", urn(bob))
    access.grant(world.resource, "writer", urn(charlie))

    asked = [browser(user).post(VIEW, {"kind": "nobody"}).status_code for user in (alice, bob, charlie, None)]

    assert asked == [302, 302, 404, 404]


def test_the_banner_stands_on_each_page_of_the_index_and_ends_it(world, alice):
    alices = viewing({"kind": "person", "username": "charlie"}, alice)

    pages = ["/crystals/", "/crystals/detail/a/", "/crystals/detail/f/", "/crystals/manage/settings/"]
    assert [alices.get(page).content.decode().count(BANNER) for page in pages] == [1, 1, 1, 1]
    alices.post(STOP)
    assert BANNER not in alices.get("/crystals/").text
    assert told() == [
        ("view.begun", "alice@vitrine.local", "Crystals", {"seen_as": "charlie@vitrine.local"}),
        ("view.ended", "alice@vitrine.local", "Crystals", {}),
    ]


def test_an_index_that_they_do_not_see_is_not_there_but_can_be_left(world, alice):
    search.update_index(index=world, actor=alice, visible_to=())
    alices = viewing({"kind": "person", "username": "alice"}, alice)
    alices.post(STOP)
    alices.post(VIEW, {"kind": "nobody"})

    answer = alices.get("/crystals/")

    assert (answer.status_code, BANNER in answer.text) == (404, True)


def test_nothing_can_be_changed_meanwhile(world, alice, charlie):
    alices = viewing({"kind": "person", "username": "charlie"}, alice)
    before = AuditEvent.objects.count()
    posts = ["roles/", "settings/", "settings/delete/", "settings/rebuild/", "presentation/", "presentation/restore/"]

    answers = [alices.post(f"/crystals/manage/{page}", {}) for page in [*posts, "catalogue/show/", "view-as/"]]
    pages = [alices.post(page) for page in ("/crystals/", "/crystals/detail/a/", "/crystals/download/")]

    assert {answer.status_code for answer in answers} == {403}
    assert "which only reads" in answers[0].text
    assert [answer.status_code for answer in pages] == [405] * 3
    assert AuditEvent.objects.count() == before


def test_it_is_not_carried_to_the_api_other_indexes_or_the_account(world, put, alice, charlie):
    other = search.create_index(actor=alice, display_name="Other", slug="other")
    put(other, alice, entry("o", urn(alice)))
    alices = viewing({"kind": "person", "username": "charlie"}, alice)

    api = alices.get(f"/api/search/v1/index/{world.pk}/search?q=*").json()
    pages = [alices.get(page).text for page in ("/other/", "/account/", "/")]

    assert api["total"] == 7
    assert [BANNER in page for page in pages] == [False] * 3
    assert "Run o" in pages[0]
    assert "alice@vitrine.local" in pages[1]


@pytest.mark.parametrize("page", ["/crystals/?format=json", "/crystals/detail/a/?format=json"])
def test_json_would_answer_as_oneself_and_is_refused_at_the_address_of_a_page(world, alice, page):
    assert viewing({"kind": "nobody"}, alice).get(page).status_code == 403


def test_it_ends_with_the_role_and_with_the_session(world, alice, bob):
    role = access.grant(world.resource, "admin", urn(bob))
    bobs = viewing({"kind": "nobody"}, bob)
    access.withdraw(role.pk, resource=world.resource)

    assert BANNER not in bobs.get("/crystals/").text
    assert [line[0] for line in told()] == ["view.begun", "view.ended"]
    alices = viewing({"kind": "nobody"}, alice)
    alices.logout()
    alices.force_login(alice)
    assert BANNER not in alices.get("/crystals/").text


def test_a_look_at_all_of_it_is_told_of_the_one_who_looks(world, alice, bob):
    access.grant(world.resource, "admin", urn(bob))
    alices = viewing({"kind": "person", "username": "bob"}, alice)

    alices.get("/crystals/?bypass_visible_to=true")

    assert AuditEvent.objects.get(action="visibility.bypassed").actor_name == "alice@vitrine.local"


def test_nobody_is_looked_as_who_is_gone(world, alice, charlie):
    alices = viewing({"kind": "person", "username": "charlie"}, alice)
    charlie.delete()

    page = alices.get("/crystals/")

    assert (page.status_code, BANNER in page.text) == (200, False)


def test_one_begins_at_a_record_and_comes_back_to_it(world, alice, charlie):
    made, record = browser(alice), "/crystals/detail/d/"
    [offered] = re.findall(rf'href="({VIEW}\?subject=d)"', made.get(record).content.decode())
    assert 'name="subject" value="d"' in made.get(offered).content.decode()

    answer = made.post(VIEW, {"kind": "nobody", "subject": "d"}, follow=True)

    assert answer.redirect_chain == [(record, 302)]
    assert answer.status_code == 404


def test_it_is_offered_to_administrators_alone(world, alice, charlie):
    for made in (browser(), browser(charlie), viewing({"kind": "person", "username": "charlie"}, alice)):
        assert f"{VIEW}?subject" not in made.get("/crystals/detail/a/").content.decode()
