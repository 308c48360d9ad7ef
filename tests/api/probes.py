"""Every route of the portal, and what a curious caller asks there to find what is hidden.

``{slug}``, ``{id}`` and their like are filled in by the test. The words are each in hidden entries alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from tests.api.probe import RARE, Probe, get, send
from tests.api.probes_of_actions import OF_ACTIONS
from tests.api.probes_of_drafts import OF_DRAFTS
from tests.api.probes_of_files import OF_FILES
from tests.api.probes_of_flow_pages import OF_FLOW_PAGES
from tests.api.probes_of_flows import OF_FLOWS
from tests.api.probes_of_form_pages import OF_FORM_PAGES
from tests.api.probes_of_harvest import FORMATS, OF_HARVEST
from tests.api.probes_of_publishing import OF_PUBLISHING
from tests.api.probes_of_records import OF_RECORDS
from tests.api.probes_of_reviews import OF_REVIEWS
from tests.api.probes_of_timer_pages import OF_TIMER_PAGES, OF_TRIGGER_PAGES
from tests.api.probes_of_timers import OF_TIMERS
from tests.api.probes_of_triggers import OF_TRIGGERS

TEAMS = ("zyzzogeton", "quixotrope", "Borborygmus", "hyperborea", "1999-09", "777.125", "umbraculiferous")
"""Of the team's entry: a word, the name of a path, a value, a subject, a date, a number; and the team's own name."""
ALICES = ("xenodocheion", "psithurism", "Apricity", "sonder", "ultracrepid", "1888-08", "888.125")
"""Of Alice's entries: as above, with the id of an entry and the name of a principal set."""
OF_AN_INDEX = ("clandestine", "accubation")
"""Of an index that only Alice may know of: its name, and a word of an entry there."""


def routes() -> set[str]:
    """What the portal answers at, but for the pages of its administrators, as the URL conf writes it."""
    return {route for route in _walk(get_resolver().url_patterns, "") if not route.startswith("admin/")}


def admin_pages() -> list[str]:
    found = (route for route in _walk(get_resolver().url_patterns, "") if route.startswith("admin/"))
    return sorted({f"/{route.replace('<path:', '<').split('<')[0].split('^')[0].split('(')[0]}" for route in found})


def _walk(patterns: list[Any], prefix: str) -> Iterator[str]:
    for one in patterns:
        route = prefix + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _walk(one.url_patterns, route)
        elif isinstance(one, URLPattern):
            yield route


# --- questions -----------------------------------------------------------------------------------------------------

FIELDS = ("kind", "rate", "made", "title", "quixotrope", "quixotrope.deep", "psithurism", "psithurism.deep")
LINKS: tuple[dict[str, object], ...] = (
    {"q": "lysozyme", "explain": "true"},
    {},
    *(
        {"q": word}
        for word in ("lysozyme", "*", "zyzzogeton", "xenodo*", '"zyzzogeton"', "secret/hyperborea", "777.125")
    ),
    *({"q": word, "suggest": "true"} for word in ("zyzzogetom", "xenodochein", "lysosyme", "borborygmos")),
    *(
        {"q": text, "advanced": "true"}
        for text in ("zyzzogetom~2", "xenodo*", "kind:Borborygmus", "kind:B*", "title:z*")
    ),
    *({"q": f"_exists_:{path}", "advanced": "true"} for path in ("quixotrope", "psithurism.deep")),
    {"q": "made:[1800 TO 1999]", "advanced": "true"},
    {"q": "lysozyme OR zyzzogeton", "advanced": "true", "highlight": "true"},
    *({"filter.kind": value} for value in ("run", "Borborygmus", "Apricity")),
    *({"filter-not.kind": value} for value in ("run", "Borborygmus")),
    *({"filter-exists.quixotrope": flag} for flag in ("true", "false")),
    {"filter-like.kind": "*o*"},
    {"filter-range.rate": "500--1000"},
    {"filter-year.made": "1999"},
    *({"facet": path, "limit": 0} for path in FIELDS),
    *({"sort": path} for path in FIELDS),
    *({"sort": f"-{path}", "limit": 2} for path in FIELDS),
    {"fields": "quixotrope,psithurism"},
    {"limit": 1, "offset": 3},
    {"bypass_visible_to": "true"},
    {"filter_principal_sets": "ultracrepid"},
)
FACETS: tuple[dict[str, object], ...] = (
    *({"type": "terms", "field_name": path, "missing": True, "size": 100} for path in FIELDS),
    *({"type": "terms", "field_name": "kind", "contains": part} for part in ("borb", "APRI", "r")),
    {"type": "terms", "field_name": "kind", "order": "value", "exclude": ["run"], "offset": 0},
    *(
        {"type": kind, "field_name": path}
        for kind in ("stats", "percentiles", "sum", "avg")
        for path in ("rate", "psithurism.deep")
    ),
    *({"type": kind, "field_name": "made", "kind": "date"} for kind in ("min", "max")),
    *({"type": "distinct_count", "field_name": path} for path in FIELDS),
    {"type": "numeric_histogram", "field_name": "rate", "size": 5, "histogram_range": {"low": 0, "high": 1000}},
    {"type": "ranges", "field_name": "rate", "ranges": [{"from": 500}, {"to": 500}]},
    {"type": "date_histogram", "field_name": "made", "date_interval": "year"},
    *({"type": "words", "prefix": prefix} for prefix in ("z", "xeno", "bor", "l", "apr")),
)
_BOX = {
    "type": "geo_bounding_box",
    "field_name": "spot",
    "top_left": {"lat": 60, "lon": 0},
    "bottom_right": {"lat": 0, "lon": 60},
}
_SQUARE = {"type": "Polygon", "coordinates": [[[0, 0], [60, 0], [60, 60], [0, 60], [0, 0]]]}
DOCUMENTS: tuple[dict[str, object], ...] = (
    {"q": "*", "facets": [facet | {"name": str(at)} for at, facet in enumerate(FACETS)]},
    {"q": "lysozyme", "facets": [facet | {"name": str(at)} for at, facet in enumerate(FACETS)], "highlight": True},
    {"q": "*", "boosts": [{"field_name": "quixotrope", "factor": 9}]},
    {"@version": "query#1.0.0", "q": "lysozyme zyzzogeton", "q_settings": {"default_operator": "or"}},
    {"filters": [{"type": "exists", "field_name": "psithurism"}]},
    {"filters": [{"type": "not", "filter": {"type": "match_any", "field_name": "kind", "values": ["Apricity"]}}]},
    {"filters": [_BOX]},
    {"filters": [{"type": "not", "filter": _BOX}]},
    *({"filters": [{"type": "geo_shape", "field_name": name, "shape": _SQUARE}]} for name in ("spot", "area")),
    *({"filters": [{"type": "exists", "field_name": name}]} for name in ("spot", "area")),
    {"q": "*", "bypass_visible_to": True},
    {"q": "*", "filter_principal_sets": ["ultracrepid"]},
)

# --- routes --------------------------------------------------------------------------------------------------------

V1 = "/api/search/v1/index/{id}"
BETA = "/api/search/beta/index/{id}"
_ENTRY = {"subject": "sub/1", "content": {}, "visible_to": ["public"]}


def _of_index(v1: str, beta: str) -> dict[str, list[Probe]]:
    """The routes of an index, by what follows it."""
    names = [get(f"{v1}/subject", subject=name) for name in ("sub/1", "secret/hyperborea", "secret/7", "none")]
    ids = [get(f"{v1}/entry", subject="sub/1", **more) for more in ({}, {"entry_id": "sonder"}, {"entry_id": "none"})]
    return {
        "v1/index/<str:index_id>": [get(v1), send("PATCH", v1, {"description": "x"}), send("DELETE", v1)],
        "v1/index/<str:index_id>/presentation": [get(f"{v1}/presentation"), send("PUT", f"{v1}/presentation", {})],
        "v1/index/<str:index_id>/reopen": [send("POST", f"{v1}/reopen")],
        "v1/index/<str:index_id>/role": [send("POST", f"{v1}/role", {})],
        "v1/index/<str:index_id>/role_list": [get(f"{v1}/role_list")],
        "v1/index/<str:index_id>/role/<str:role_id>": [send("DELETE", f"{v1}/role/{RARE}")],
        "v1/index/<str:index_id>/search": [
            *(get(f"{v1}/search", **link) for link in LINKS),
            *(get(f"{v1}/search", **link, format="ndjson") for link in LINKS[::4]),
            *(send("POST", f"{v1}/search", document) for document in DOCUMENTS),
        ],
        "v1/index/<str:index_id>/scroll": [
            send("POST", f"{v1}/scroll", {"q": word}) for word in ("*", "lysozyme", "zyzzogeton")
        ],
        "v1/index/<str:index_id>/suggest": [
            get(f"{v1}/suggest", q=word) for word in ("zyz", "x", "lys", "borb", "lysozyme s", "umbra", "clan")
        ],
        "v1/index/<str:index_id>/ingest": [send("POST", f"{v1}/ingest", {})],
        "v1/index/<str:index_id>/subject": [*names, send("DELETE", f"{v1}/subject?subject=secret/hyperborea")],
        "v1/index/<str:index_id>/entry": [
            *ids,
            get(f"{v1}/entry", subject="secret/hyperborea"),
            *(send(method, f"{v1}/entry", _ENTRY) for method in ("POST", "PUT", "PATCH")),
            send("DELETE", f"{v1}/entry?subject=sub/1&entry_id=sonder"),
        ],
        "v1/index/<str:index_id>/batch_delete_by_subject": [
            send("POST", f"{v1}/batch_delete_by_subject", {"subjects": ["secret/hyperborea"]})
        ],
        "v1/index/<str:index_id>/delete_by_query": [send("POST", f"{v1}/delete_by_query", {"q": "*"})],
        "beta/index/<str:index_id>/mapping": [get(f"{beta}/mapping")],
        "beta/index/<str:index_id>/mapping/<path:path>": [get(f"{beta}/mapping/{path}") for path in FIELDS],
        "beta/index/<str:index_id>/field_budget": [get(f"{beta}/field_budget")],
    }


OF_INDEX = {f"api/search/{route}": probes for route, probes in _of_index(V1, BETA).items()}
"""By route. All of them start with an index."""

MANAGE = "<str:name>/manage/"


def _managed(at: str) -> dict[str, list[Probe]]:
    """The pages of an index's management, by what follows its address; those who ask have no role on it."""
    seen = ["catalogue/", "presentation/", "presentation.json", "presentation/history/", "presentation/history/1/"]
    seen += ["tasks/", "tasks/{task}/", "tasks/{task}/failures.csv", "roles/", "settings/", "settings/delete/"]
    seen += ["view-as/", "log/"]
    sent = ["catalogue/show/", *(f"presentation/{verb}/" for verb in ("edit", "form", "import", "preview", "restore"))]
    sent += [f"roles/{RARE}/withdraw/", "settings/rebuild/", "settings/reopen/", "view-as/stop/"]
    pages = {page: [get(f"{at}/{page}"), send("POST", f"{at}/{page}")] for page in ["", *seen, *sent]}
    names = {"/1/": "/<int:number>/", "{task}": "<uuid:task_id>", RARE: "<uuid:role_id>"}
    return {MANAGE + _named(page, names): probes for page, probes in pages.items()}


def _named(page: str, names: dict[str, str]) -> str:
    for part, name in names.items():
        page = page.replace(part, name)
    return page


_ACCOUNT = (
    "account/ account/tokens/ account/groups/ account/login/ account/inactive/ account/signup/ account/reauthenticate/ "
    "account/email/ account/confirm-email/ account/password/change/ account/password/set/ account/password/reset/ "
    "account/login/code/confirm/ account/password/reset/key/done/ account/password/reset/done/ "
    "account/identities/ account/sessions/ account/sessions/end/ account/invitations/ account/applications/ "
    "account/connections/ account/device/ account/2fa/ account/2fa/authenticate/ account/2fa/reauthenticate/ "
    "account/2fa/recovery-codes/ account/2fa/recovery-codes/download/ account/2fa/recovery-codes/generate/ "
    "account/2fa/totp/activate/ account/2fa/totp/deactivate/ account/2fa/webauthn/ account/2fa/webauthn/add/ "
    "account/2fa/webauthn/login/ account/2fa/webauthn/reauthenticate/ account/3rdparty/ account/3rdparty/signup/ "
    "account/command-line/ "
    "account/3rdparty/login/cancelled/ account/3rdparty/login/error/ account/social/connections/ "
    "account/social/login/cancelled/ account/social/login/error/ account/social/signup/ "
    "api/auth/.well-known/openid-configuration api/auth/v2/web/auth-code api/auth/v2/web/logout "
    "api/auth/v2/oauth2/authorize"
)
_SAML = r"account/^saml/(?P<organization_slug>[^/]+)/"
_APPLICATION = "account/applications/<uuid:application_id>/"
PAGES = [
    *LINKS[::2],
    {"view": "table"},
    {"view": "table", "q": "zyz", "columns": "kind,title"},
    {"q": "zyz", "page": 2},
    {"facet": "kind", "facet-contains": "bor"},
    *({"facet-contains.kind": part} for part in ("bor", "Apri", "r")),
    {"format": "json"},
]


def _of_group(at: str) -> dict[str, list[Probe]]:
    """The Groups API about one group; those who ask are strangers to it or plain members."""
    include = "memberships,my_memberships,policies,allowed_actions,child_ids"
    batch = {"add": [{"identity_id": RARE}], "join": [{"identity_id": RARE}]}
    return {
        "": [
            get(at),
            get(at, include=include),
            send("PUT", at, {"name": "x"}),
            send("DELETE", at),
            send("POST", at, batch),
        ],
        "/policies": [get(f"{at}/policies"), send("PUT", f"{at}/policies", {"joining": "open"})],
        "/subscription_admin_verified": [
            send("PUT", f"{at}/subscription_admin_verified", {"subscription_admin_verified_id": None})
        ],
    }


GROUPS = "/api/groups/v2/groups"
OF_GROUP = {
    f"api/groups/v2/groups/<str:group_id>{rest}": probes + other
    for (rest, probes), other in zip(
        _of_group(f"{GROUPS}/{{team}}").items(), _of_group(f"{GROUPS}/{RARE}").values(), strict=True
    )
}
ROUTES: dict[str, list[Probe]] = {
    **OF_ACTIONS,
    **OF_FILES,
    **OF_FLOWS,
    **OF_TIMERS,
    **OF_TIMER_PAGES,
    **OF_TRIGGERS,
    **OF_TRIGGER_PAGES,
    **OF_DRAFTS,
    **OF_PUBLISHING,
    **OF_FLOW_PAGES,
    **OF_HARVEST,
    **OF_RECORDS,
    **OF_FORM_PAGES,
    **OF_REVIEWS,
    **OF_INDEX,
    **OF_GROUP,
    "api/groups/v2/groups": [send("POST", GROUPS, {"name": "x", "parent_id": RARE})],
    "api/groups/v2/groups/my_groups": [
        get(f"{GROUPS}/my_groups"),
        get(f"{GROUPS}/my_groups", statuses="active,invited,pending,rejected,removed,left,declined"),
    ],
    "api/groups/v2/subscription_info/<str:subscription_id>": [get(f"/api/groups/v2/subscription_info/{RARE}")],
    "api/groups/^": [get("/api/groups/v2/none")],
    **{route: [get(f"/{route}")] for route in _ACCOUNT.split()},
    "account/audit/": [get("/account/audit/"), get("/account/audit/", **{"as": "csv"})],
    "account/access/": [get("/account/access/"), get("/account/access/", q="zyz")],
    "account/access/people/<uuid:identity_id>/": [get(f"/account/access/people/{RARE}/")],
    "account/access/groups/<uuid:group_id>/": [get("/account/access/groups/{team}/")],
    "account/access/indexes/<uuid:index_id>/": [get("/account/access/indexes/{id}/")],
    "account/logout/": [get("/account/logout/")],
    "account/tokens/<uuid:token_id>/revoke/": [send("POST", f"/account/tokens/{RARE}/revoke/")],
    "account/2fa/webauthn/keys/<int:pk>/edit/": [get("/account/2fa/webauthn/keys/1/edit/")],
    "account/2fa/webauthn/keys/<int:pk>/remove/": [get("/account/2fa/webauthn/keys/1/remove/")],
    **{_SAML + step: [get(f"/account/saml/none/{step}")] for step in ("login/", "metadata/", "sls/", "acs/finish/")},
    _SAML + "acs/": [send("POST", "/account/saml/none/acs/")],
    r"account/oidc/^(?P<provider_id>[^/]+)/login/": [get("/account/oidc/none/login/")],
    r"account/oidc/^(?P<provider_id>[^/]+)/login/callback/": [get("/account/oidc/none/login/callback/")],
    "account/invitation/<str:secret>/": [get("/account/invitation/zyzzogeton/")],
    "account/invitations/<uuid:invitation_id>/revoke/": [send("POST", f"/account/invitations/{RARE}/revoke/")],
    "account/sessions/<int:session_id>/end/": [send("POST", "/account/sessions/99999/end/")],
    "account/connections/<uuid:application_id>/disconnect/": [send("POST", f"/account/connections/{RARE}/disconnect/")],
    _APPLICATION: [get(f"/account/applications/{RARE}/"), send("POST", f"/account/applications/{RARE}/")],
    f"{_APPLICATION}delete/": [send("POST", f"/account/applications/{RARE}/delete/")],
    f"{_APPLICATION}secrets/": [send("POST", f"/account/applications/{RARE}/secrets/")],
    f"{_APPLICATION}secrets/<uuid:credential_id>/revoke/": [
        send("POST", f"/account/applications/{RARE}/secrets/{RARE}/revoke/")
    ],
    "account/command-line/vitrine-cli.zip": [],  # Two files of the project, the same for everybody.
    "api/auth/jwk.json": [],  # Holds keys and nothing of anybody; they differ in each portal.
    "api/auth/v2/api/clients": [send("POST", "/api/auth/v2/api/clients", {"client": {"template_id": RARE}})],
    "api/auth/v2/api/clients/<uuid:client_id>": [get(f"/api/auth/v2/api/clients/{RARE}")],
    "api/auth/v2/api/identities": [
        get("/api/auth/v2/api/identities", usernames="alice,zyzzogeton"),
        get("/api/auth/v2/api/identities", ids="{team}"),
    ],
    "api/auth/v2/api/identities/<str:identity_id>/consents": [get(f"/api/auth/v2/api/identities/{RARE}/consents")],
    "api/auth/v2/api/identity_providers": [get("/api/auth/v2/api/identity_providers")],
    "api/auth/v2/oauth2/device_authorization": [send("POST", "/api/auth/v2/oauth2/device_authorization")],
    **{
        f"api/auth/v2/oauth2/token{what}": [send("POST", f"/api/auth/v2/oauth2/token{what}")]
        for what in ("", "/introspect", "/revoke", "/validate")
    },
    "account/groups/<uuid:group_id>/": [get("/account/groups/{team}/"), get(f"/account/groups/{RARE}/")],
    "account/groups/find/": [get("/account/groups/find/", q=word) for word in ("", "umbra", "x")],
    **{
        f"account/groups/<uuid:group_id>/{more}/": [
            get(f"/account/groups/{{team}}/{more}/"),
            send("POST", f"/account/groups/{{team}}/{more}/"),
        ]
        for more in ("settings", "subgroups", "delete")
    },
    "account/groups/<uuid:group_id>/members/<uuid:identity_id>/<str:step>/": [
        send("POST", f"/account/groups/{{team}}/members/{RARE}/{step}/") for step in ("remove", "join", "leave")
    ],
    r"account/^confirm-email/(?P<key>[-:\w]+)/$": [get("/account/confirm-email/key/")],
    "account/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": [get("/account/password/reset/key/1-x/")],
    "api/auth/v2/oauth2/userinfo": [get("/api/auth/v2/oauth2/userinfo")],
    "api/auth/^": [get("/api/auth/v2/none")],
    "api/search/v1/index": [send("POST", "/api/search/v1/index", {})],
    "api/search/v1/index_list": [get("/api/search/v1/index_list"), get("/api/search/v1/index_list?filter_roles=owner")],
    "api/search/v1/task/<str:task_id>": [get("/api/search/v1/task/{task}"), get(f"/api/search/v1/task/{RARE}")],
    "api/search/v1/task_list/<str:index_id>": [get("/api/search/v1/task_list/{id}")],
    "api/search/^": [get("/api/search/v1/none")],
    "api/^": [get("/api/none")],
    "": [
        get("/"),
        get("/", q="zyzzogeton"),
        get("/", q="lysozyme"),
        get("/", index="{slug}", q="zyzzogeton"),
        get("/", index="clandestine"),
    ],
    "accent/<str:colour>.css": [get("/accent/0a7a5a.css"), get("/accent/red.css")],
    "<str:name>/": [get("/{slug}/", **link) for link in PAGES] + [get("/clandestine/"), get("/none/")],
    **_managed("/{slug}/manage"),
    "<str:name>/suggest/": [get("/{slug}/suggest/", q=word) for word in ("zyz", "lys", "borb", "umbra")],
    "<str:name>/download/": [
        get("/{slug}/download/", **link, **{"as": name}, columns="title,kind,quixotrope.deep,psithurism.deep,note")
        for name in ("csv", "json", "ndjson", "bibtex")
        for link in ({}, *LINKS[1::4])
    ]
    + [get("/clandestine/download/", **{"as": "csv"}), get("/{slug}/download/")],
    "<str:name>/detail/<path:subject>/": [
        get(f"/{{slug}}/detail/{name}/", **more)
        for name in ("sub%2F1", "secret%2Fhyperborea", "secret%2F7", "none", "secret%252Fhyperborea")
        for more in (
            {},
            {"format": "json"},
            {"from": "q=zyzzogeton", "at": 1},
            {"from": "q=*", "at": 2},
            *({"format": format_} for format_ in FORMATS),
        )
    ],
}
