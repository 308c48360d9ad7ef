"""The API of publishing: what it tells is somebody's own, or published."""

from __future__ import annotations

from tests.api.probe import RARE, Probe, get, send

AT = "/api/publish"
FORM = f"{AT}/forms/zyzzogeton"
ONE = f"{AT}/submissions/{RARE}"
TABLE = "title\nzyzzogeton\n"
_SUBMISSION = "submissions/<str:submission_id>"
_RECORD = {"form": RARE, "record": {"index": "{id}", "subject": "secret/hyperborea"}}
_OF_FORMS: dict[str, list[Probe]] = {
    "forms": [get(f"{AT}/forms"), get(f"{AT}/forms", role="administrator")],
    "forms/<str:form>": [get(FORM), get(f"{AT}/forms/{RARE}")],
    **{f"forms/<str:form>/{what}": [get(f"{FORM}/{what}")] for what in ("schema", "document")},
    "forms/<str:form>/check": [send("POST", f"{FORM}/check", {"content": {"title": "zyzzogeton"}})],
    "forms/<str:form>/table": [Probe("POST", f"{FORM}/table", TABLE, "text/csv")],
}
_OF_SUBMISSIONS: dict[str, list[Probe]] = {
    "submissions": [
        get(f"{AT}/submissions"),
        get(f"{AT}/submissions", states="published,draft", limit=1),
        send("POST", f"{AT}/submissions", {"form": RARE}),
        send("POST", f"{AT}/submissions", _RECORD),
    ],
    _SUBMISSION: [get(ONE), send("PATCH", ONE, {"revision": 1}), send("DELETE", ONE)],
    f"{_SUBMISSION}/roles": [get(f"{ONE}/roles"), send("PUT", f"{ONE}/roles", {})],
    f"{_SUBMISSION}/comments": [get(f"{ONE}/comments"), send("POST", f"{ONE}/comments", {"text": "zyzzogeton"})],
    f"{_SUBMISSION}/files": [send("PUT", f"{ONE}/files", {"files": [], "revision": 1})],
    **{f"{_SUBMISSION}/{what}": [get(f"{ONE}/{what}")] for what in ("check", "plan", "status", "versions")},
    **{
        f"{_SUBMISSION}/{what}": [send("POST", f"{ONE}/{what}", {})]
        for what in ("copy", "propose", "accept", "submit", "take_back", "approve", "send_back", "revise", "withdraw")
    },
    f"{_SUBMISSION}/versions/<str:number>": [get(f"{ONE}/versions/1")],
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
