"""The API of publishing: what it tells is somebody's own, or published.

``{draft}`` is one of Alice's, with a comment and a link, by a form of hers; ``{record}`` what everybody sees a part of.
"""

from __future__ import annotations

from tests.api.probe import RARE, Probe, get, send

AT = "/api/publish"
FORM = f"{AT}/forms/{{form}}"
NO_FORM = f"{AT}/forms/zyzzogeton"
ONE = f"{AT}/submissions/{{draft}}"
NONE = f"{AT}/submissions/{RARE}"
RECORD = f"{AT}/submissions/{{record}}"
TABLE = "title\nzyzzogeton\n"
_FORM = "forms/<str:form>"
_SUBMISSION = "submissions/<str:submission_id>"
_RECORD = {"form": RARE, "record": {"index": "{id}", "subject": "secret/hyperborea"}}
_ROLE = {"role": "viewer", "principal": "all_authenticated_users"}
_SETTLED = {"is_settled": True}
_OF_FORMS: dict[str, list[Probe]] = {
    "forms": [
        get(f"{AT}/forms"),
        get(f"{AT}/forms", role="administrator"),
        get(f"{AT}/forms", limit=1),
        send("POST", f"{AT}/forms", {"document": {}}),
    ],
    "forms/import": [send("POST", f"{AT}/forms/import", {"document": {}})],
    "forms/new/check": [send("POST", f"{AT}/forms/new/check", {"document": {}})],
    _FORM: [
        *(get(one) for one in (FORM, NO_FORM, f"{AT}/forms/{RARE}")),
        send("PATCH", FORM, {"is_open": True}),
        send("DELETE", FORM),
    ],
    **{
        f"{_FORM}/{what}": [get(f"{FORM}/{what}"), get(f"{NO_FORM}/{what}")]
        for what in ("schema", "document", "export", "versions", "differences")
    },
    f"{_FORM}/versions/<str:number>": [get(f"{FORM}/versions/1")],
    f"{_FORM}/roles": [get(f"{FORM}/roles"), send("PUT", f"{FORM}/roles", {}), send("POST", f"{FORM}/roles", _ROLE)],
    f"{_FORM}/roles/<str:role>/<str:principal>": [send("DELETE", f"{FORM}/roles/viewer/all_authenticated_users")],
    f"{_FORM}/check": [send("POST", f"{FORM}/check", {"content": {"title": "zyzzogeton"}})],
    f"{_FORM}/table": [Probe("POST", f"{one}/table", TABLE, "text/csv") for one in (FORM, NO_FORM)],
}
_OF_SUBMISSIONS: dict[str, list[Probe]] = {
    "reviews": [get(f"{AT}/reviews"), get(f"{AT}/reviews", limit=1)],
    "submissions": [
        get(f"{AT}/submissions"),
        get(f"{AT}/submissions", states="published,draft", limit=1),
        *(send("POST", f"{AT}/submissions", {"form": one}) for one in (RARE, "{form}")),
        send("POST", f"{AT}/submissions", _RECORD),
    ],
    _SUBMISSION: [*(get(one) for one in (ONE, NONE)), send("PATCH", ONE, {"revision": 1}), send("DELETE", ONE)],
    f"{_SUBMISSION}/roles": [get(f"{ONE}/roles"), send("PUT", f"{ONE}/roles", {})],
    f"{_SUBMISSION}/comments": [get(f"{ONE}/comments"), send("POST", f"{ONE}/comments", {"text": "zyzzogeton"})],
    f"{_SUBMISSION}/comments/<str:comment_id>": [send("PATCH", f"{ONE}/comments/{{comment}}", _SETTLED)],
    f"{_SUBMISSION}/links": [
        get(f"{ONE}/links"),
        send("POST", f"{ONE}/links", {"expires_at": "2999-01-01T00:00:00Z"}),
    ],
    f"{_SUBMISSION}/links/<str:link_id>": [send("DELETE", f"{ONE}/links/{{link}}")],
    f"{_SUBMISSION}/files": [send("PUT", f"{ONE}/files", {"files": [], "revision": 1})],
    **{
        f"{_SUBMISSION}/{what}": [get(f"{one}/{what}") for one in (ONE, RECORD)]
        for what in ("check", "plan", "status", "versions", "differences")
    },
    **{
        f"{_SUBMISSION}/{what}": [send("POST", f"{ONE}/{what}", {})]
        for what in ("copy", "propose", "accept", "submit", "take_back", "approve", "send_back", "revise", "withdraw")
    },
    f"{_SUBMISSION}/versions/<str:number>": [
        get(f"{one}/versions/1") for one in (NONE, ONE, RECORD, f"{AT}/submissions/{{teams_record}}")
    ],
    f"{_SUBMISSION}/versions/<str:number>/request": [
        send("POST", f"{one}/versions/1/request", {"text": "zyzzogeton"})
        for one in (RECORD, f"{AT}/submissions/{{teams_record}}")
    ],
}
OF_PUBLISHING: dict[str, list[Probe]] = {
    f"api/publish/{route}": probes
    for route, probes in {
        "": [get(f"{AT}/")],
        "openapi.json": [get(f"{AT}/openapi.json")],
        **_OF_FORMS,
        **_OF_SUBMISSIONS,
        "^": [get(f"{AT}/none")],
    }.items()
}
