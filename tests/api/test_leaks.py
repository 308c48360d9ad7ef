"""Nothing hidden is told, at any route, to anyone who may not see it; and answers are as if it had never been there."""

from __future__ import annotations

import difflib
import json
import re
from dataclasses import dataclass, field, replace

import pytest
from django.test import Client

from apps.access.types import group_urn, identity_urn
from apps.accounts import services as accounts
from apps.flows.models import Action
from apps.publish.types import Part
from apps.search import ingest
from apps.search import services as search
from apps.search.models import Index
from tests.api.probes import ALICES, OF_AN_INDEX, OF_INDEX, RARE, ROUTES, TEAMS, Probe, admin_pages, routes
from tests.api.published import publish, unpublish, write
from tests.search.conftest import drained, entry

EVERY = [probe for probes in ROUTES.values() for probe in probes]
SQUARE = {"type": "Polygon", "coordinates": [[[5, 5], [30, 5], [30, 30], [5, 30], [5, 5]]]}
NOISE = 12
"""More hidden entries than visible ones, so that whatever counts them shows it."""


@dataclass
class World:
    """A portal with one index, and more or less hidden in it."""

    index: Index
    hidden: Index
    names: dict[str, str]
    clients: dict[object, Client] = field(default_factory=dict)

    def _client(self, user) -> Client:
        if user not in self.clients:
            self.clients[user] = Client()
            if user is not None:
                self.clients[user].force_login(user)
        return self.clients[user]

    def ask(self, probe: Probe, user) -> tuple[int, str]:
        """Status, headers and body, with ids, dates and secrets of sessions made alike."""
        client, url, sent = self._client(user), probe.url, probe.body
        for name, text in self.names.items():
            url = url.replace(f"{{{name}}}", text).replace(f"%7B{name}%7D", text)
            sent = sent.replace(f"{{{name}}}", text)
        answer = client.generic(probe.method, url, sent, content_type=probe.kind)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        head = "".join(f"{name}: {value}\n" for name, value in sorted(answer.headers.items()))
        return answer.status_code, alike(head + body.decode())


ALIKE = (
    (r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "UUID"),
    (r"\b[0-9a-f]{32}\b", "REQUEST"),
    (r'name="csrfmiddlewaretoken" value="\w+"', "CSRF"),
    (r'("cursor": ?|"marker": ?|cursor=)"?[\w-]{20,}', "CURSOR"),
    (r'"\w+_date": ?"20[\d :T-]+"|"last_authentication": ?\d+|written \d+ \w+ 20\d\d, [\d:]+ UTC', "DATE"),
    (r'"(start|completion)_time": ?"[^"]+"', "DATE"),
    (r'"dateModified": "[^"]+"|20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)', "DATE"),
    (r"<dt>Last sign-in</dt><dd>.*?</dd>", "SIGN-IN"),
    (r"Expires: .*", "EXPIRES"),
    (r"/comments/\d+/", "/comments/NUMBER/"),
    (r"Content-Length: \d+", "LENGTH"),
)


def alike(text: str) -> str:
    for pattern, name in ALIKE:
        text = re.sub(pattern, name, text)
    return text


@pytest.fixture
def build(alice, team):
    """Makes a world: with all that is hidden, with what the team may see, or with what all may."""
    group, own = group_urn(team.pk), identity_urn(accounts.identity_ids_of(alice)[0])
    team.name = "umbraculiferous"
    team.save()
    seen = [
        entry("sub/1", title="Lysozyme soaked", kind="run", rate=1, made="2021-04-30", spot=[10, 10]),
        entry("sub/2", title="Lysozyme dry", kind="run", rate=2.5, made="2021-05-01"),
        entry("sub/3", title="Proteinase stored", kind="map", rate=10, made="2022-01-01"),
        entry("sub/4", title="Thaumatin", kind="map"),
    ]
    teams = [
        entry(
            "secret/hyperborea",
            group,
            title="Lysozyme zyzzogeton",
            kind="Borborygmus",
            rate=777.125,
            made="1999-09-09",
            quixotrope={"deep": 7},
            spot=[20, 20],
            area=SQUARE,
        )
    ]
    secret = {"title": "Lysozyme xenodocheion", "kind": "Apricity", "rate": 888.125, "made": "1888-08-08"}
    alices = [
        entry(
            "sub/1",
            own,
            id="sonder",
            note="xenodocheion lysozyme",
            kind="Apricity",
            psithurism={"deep": 8},
            area=SQUARE,
        ),
        *(entry(f"secret/{at}", own, **secret, psithurism={"deep": "eight"}, mixed="x" * 80) for at in range(NOISE)),
    ]
    alices[0] = replace(alices[0], principal_sets={"ultracrepid": (own, group)})

    def build(*, has_teams: bool, has_alices: bool) -> World:
        index = search.create_index(actor=alice, display_name="Mirror", slug="mirror")
        hidden = search.create_index(actor=alice, display_name="Clandestine", slug="clandestine", visible_to=(own,))
        entries = [*seen, *(teams if has_teams else []), *(alices if has_alices else [])]
        search.map_fields(index=index, actor=alice, mapping={"spot": "geo_point", "area": "geo_shape"})
        task = drained(search.submit_entries(index=index, actor=alice, entries=entries))
        drained(search.submit_entries(index=hidden, actor=alice, entries=[entry("sub/1", title="accubation")]))
        assert task.state == "SUCCESS"
        index.refresh_from_db()
        names = {"id": str(index.pk), "slug": "mirror", "team": str(team.pk), "task": str(task.pk)}
        parts = [Part("", {"title": "Lysozyme soaked"}, ("public",))]
        parts += [Part("sonder", {"note": "xenodocheion"}, (own,))] if has_alices else []
        names["record"] = publish(index, "sub/1", "Lysozyme soaked", parts, author=alice, urn=own)
        names["teams_record"] = RARE
        if has_teams:
            [hyperborea] = teams
            parts = [Part("", hyperborea.content, (group,))]
            title = hyperborea.content["title"]
            names["teams_record"] = publish(index, hyperborea.subject, title, parts, author=alice, urn=own)
        names |= {"form": "none", "draft": RARE, "comment": "0", "link": RARE}
        if has_alices:
            names |= write(author=alice, urn=own, word="xenodocheion")
        return World(index, hidden, names)

    return build


def gone(world: World) -> None:
    unpublish()
    Action.objects.all().delete()  # each tells who asked for it what it found
    for index in (world.index, world.hidden):
        ingest.remove(index)


def test_every_route_is_probed():
    assert routes() == set(ROUTES)


@pytest.mark.parametrize("who", ["nobody", "charlie", "bob"])
def test_answers_are_as_if_what_is_hidden_had_never_been(who, build, request):
    user = None if who == "nobody" else request.getfixturevalue(who)
    world = build(has_teams=True, has_alices=True)
    found = {probe: world.ask(probe, user) for probe in EVERY}
    gone(world)
    world = build(has_teams=who == "bob", has_alices=False)

    differing = [(probe, found[probe], told) for probe in EVERY if (told := world.ask(probe, user)) != found[probe]]

    assert not differing, explain(differing)


def explain(differing):
    lines = [f"{len(differing)} answers differ"]
    for probe, (status, text), (other, twin) in differing[:8]:
        changed = difflib.unified_diff(twin.splitlines(), text.splitlines(), "without", "with", lineterm="", n=0)
        lines += [f"{probe.method} {probe.url} {probe.body}: {status}, {other}", *(line[:700] for line in changed)]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("who", "secrets"),
    [
        ("nobody", TEAMS + ALICES + OF_AN_INDEX),
        ("charlie", TEAMS + ALICES + OF_AN_INDEX),
        ("bob", ALICES + OF_AN_INDEX),
    ],
)
def test_no_secret_stands_in_an_answer(who, secrets, build, request):
    user = None if who == "nobody" else request.getfixturevalue(who)
    world = build(has_teams=True, has_alices=True)

    answers = {probe: world.ask(probe, user) for probe in EVERY}

    assert not [
        (probe, secret)
        for probe, (_, text) in answers.items()
        for secret in secrets
        if secret.lower() in text.lower() and not probe.tells(secret)
    ]
    assert all(status < 500 for status, _ in answers.values())


def test_who_may_see_a_secret_does(build, alice, bob):
    """Or the tests above would hold of a portal that shows nothing at all."""
    world = build(has_teams=True, has_alices=True)
    asked = [probe for probe in EVERY if not probe.is_writing]

    def secrets_told(user, url):
        answers = [(probe, world.ask(probe, user)[1].lower()) for probe in asked if probe.url.startswith(url)]
        words = TEAMS + ALICES + OF_AN_INDEX
        return {word for probe, text in answers for word in words if word.lower() in text and not probe.tells(word)}

    contents = {*TEAMS, *ALICES} - {"umbraculiferous", "ultracrepid"}
    assert secrets_told(alice, "/api/search/v1/index/{id}/search") >= contents
    assert secrets_told(alice, "/{slug}/") >= contents - {"sonder"}
    assert secrets_told(bob, "/api/search/v1/index/{id}/search") & contents == set(TEAMS) - {"umbraculiferous"}
    assert secrets_told(alice, "/api/search/v1/index/{id}/suggest") >= {"zyzzogeton", "xenodocheion"}
    assert secrets_told(alice, "/api/search/beta/index/{id}/mapping") >= {"quixotrope", "psithurism"}
    assert secrets_told(bob, "/account/groups/") >= {"umbraculiferous"}
    assert secrets_told(alice, "/records/") >= {"zyzzogeton", "hyperborea", "xenodocheion"}
    assert secrets_told(bob, "/records/") >= {"zyzzogeton", "hyperborea"}
    assert secrets_told(alice, "/") >= {"clandestine"}
    for url in ("forms", "submissions", "submissions/{draft}", "submissions/{draft}/comments"):
        assert secrets_told(alice, f"/api/publish/{url}") >= {"xenodocheion"}
    for url in ("drafts/{draft}/", "review/{draft}/", "review/{draft}/links/", "forms/"):
        assert secrets_told(alice, f"/publish/{url}") >= {"xenodocheion"}


def test_probes_do_find_what_is_there(build, alice):
    """Each question about records is answered differently to Alice when there is more for her to see."""
    world = build(has_teams=True, has_alices=True)
    asked = [probe for route, probes in ROUTES.items() for probe in probes if route.endswith(("/search", "/scroll"))]
    found = {probe: world.ask(probe, alice) for probe in asked}
    gone(world)
    world = build(has_teams=False, has_alices=False)

    same = [probe for probe in asked if world.ask(probe, alice) == found[probe]]

    assert len(same) < len(asked) // 4, same


@pytest.mark.parametrize("who", ["nobody", "charlie", "bob"])
def test_an_index_that_is_hidden_is_as_one_that_is_not_there(who, build, request):
    user = None if who == "nobody" else request.getfixturevalue(who)
    world = build(has_teams=False, has_alices=False)
    probes = [probe for probes in OF_INDEX.values() for probe in probes[:4]]

    told = [{probe: ask_at(world, probe, user, name) for probe in probes} for name in (str(world.hidden.pk), RARE)]
    by_slug = [{probe: ask_at(world, probe, user, name) for probe in probes} for name in ("clandestine", "none")]

    assert told[0] == told[1]
    assert by_slug[0] == by_slug[1]
    assert {status for status, _ in told[0].values()} <= {401, 404}


def ask_at(world, probe, user, name):
    world.names["id"] = name
    status, text = world.ask(probe, user)
    return status, text.replace(f'\\"{name}\\"', "NAME")


@pytest.mark.parametrize("who", ["nobody", "charlie", "bob", "alice"])
def test_pages_of_administrators_are_for_them(who, build, request):
    user = None if who == "nobody" else request.getfixturevalue(who)
    world = build(has_teams=True, has_alices=True)

    told = {url: world.ask(Probe("GET", url), user) for url in admin_pages()}

    assert {status for url, (status, _) in told.items() if url != "/admin/login/"} <= {302, 403, 404}
    assert not [url for url, (_, text) in told.items() for secret in TEAMS + ALICES if secret in text]


def test_pages_and_cursors_end_where_ones_own_view_does(build, charlie, bob, api):
    world = build(has_teams=True, has_alices=True)

    def walk(user, sort):
        subjects, cursor = [], ""
        while cursor is not None:
            url = f"/api/search/v1/index/{world.index.pk}/search?limit=1&sort={sort}&cursor={cursor}"
            page = api(user).get(url).json()
            subjects += [one["subject"] for one in page["gmeta"]]
            cursor = page.get("cursor")
        return subjects

    for sort in ("rate", "-made", "kind", "psithurism.deep"):
        assert sorted(walk(charlie, sort)) == [f"sub/{at}" for at in range(1, 5)]
        assert sorted(walk(bob, sort)) == ["secret/hyperborea", *(f"sub/{at}" for at in range(1, 5))]


def test_an_entry_that_is_hidden_later_is_gone_at_once(build, charlie, alice):
    world = build(has_teams=False, has_alices=False)
    own = identity_urn(accounts.identity_ids_of(alice)[0])
    drained(search.submit_entries(index=world.index, actor=alice, entries=[entry("sub/2", own, title="Lysozyme now")]))

    texts = [world.ask(probe, charlie)[1] for probe in EVERY if not probe.is_writing and not probe.tells("sub/2")]

    assert not [text for text in texts if "sub/2" in text or "2021-05-01" in text]


def test_json_of_the_page_and_of_the_api_say_the_same(build, bob):
    world = build(has_teams=True, has_alices=True)
    client = Client()
    client.force_login(bob)

    page = client.get("/mirror/?q=lysozyme&sort=rate&format=json", follow=True).json()
    api = client.get(f"/api/search/v1/index/{world.index.pk}/search?q=lysozyme&sort=rate").json()

    assert json.dumps(page) == json.dumps(api)
