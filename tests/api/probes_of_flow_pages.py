"""The pages of flows and runs, and what is asked there: nothing of them knows what is hidden in an index."""

from __future__ import annotations

from tests.api.probe import RARE, Probe, get, send

FLOW, RUN = f"/flows/{RARE}/", f"/flows/runs/{RARE}/"
TEXT = {"title": "", "text": "StartAt: zyzzogeton", "do": "check"}
PAGES_OF_FLOW: dict[str, list[Probe]] = {
    "": [get(FLOW), get(FLOW, state="x")],
    "definition.json": [get(f"{FLOW}definition.json")],
    "definition.yaml": [get(f"{FLOW}definition.yaml")],
    **{
        f"{page}/": [get(f"{FLOW}{page}/"), send("POST", f"{FLOW}{page}/")]
        for page in ("delete", "details", "edit", "people", "simulate", "start", "versions")
    },
}
PAGES_OF_RUN: dict[str, list[Probe]] = {
    "": [get(RUN), get(RUN, state="x")],
    **{page: [get(f"{RUN}{page}")] for page in ("live/", "log/", "log.ndjson")},
    **{
        f"{page}/": [get(f"{RUN}{page}/"), send("POST", f"{RUN}{page}/")]
        for page in ("cancel", "change", "delete", "pause", "people", "redrive", "resume")
    },
}
OF_FLOW_PAGES: dict[str, list[Probe]] = {
    "flows/": [get("/flows/"), get("/flows/", q="zyz"), get("/flows/", q="umbra", role="owner")],
    "flows/new/": [get("/flows/new/"), send("POST", "/flows/new/", TEXT)],
    "flows/simulate/": [send("POST", "/flows/simulate/", TEXT), send("POST", "/flows/simulate/", {"kept": RARE})],
    "flows/inputs/": [get("/flows/inputs/")],
    "flows/terms/<str:name>/": [get(f"/flows/terms/{name}/", q="zyz") for name in ("indexes", "collections", RARE)],
    "flows/inputs/<uuid:input_id>/": [get(f"/flows/inputs/{RARE}/"), send("POST", f"/flows/inputs/{RARE}/")],
    **{f"flows/{what}/<str:suffix>/": [get(f"/flows/{what}/zyzzogeton/")] for what in ("landing", "options")},
    "flows/runs/": [get("/flows/runs/"), get("/flows/runs/", label="zyz"), get("/flows/runs/", tag="quixotrope")],
    **{f"flows/<uuid:flow_id>/{page}": probes for page, probes in PAGES_OF_FLOW.items()},
    **{f"flows/runs/<uuid:run_id>/{page}": probes for page, probes in PAGES_OF_RUN.items()},
}
