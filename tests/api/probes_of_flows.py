"""The routes of flows, and what is asked there: nothing of them knows what is hidden in an index."""

from __future__ import annotations

from apps.flows.api.run_index import RUN_INDEX
from tests.api.probe import RARE, Probe, get, send

FLOWS = "/api/flows"
_FLOW = {"title": "x", "definition": {"StartAt": "One", "States": {"One": {"Type": "Pass"}}}}
OF_FLOW: dict[str, list[Probe]] = {
    "flows": [
        *(get(f"{FLOWS}/flows", **{name: "zyz"}) for name in ("filter_fulltext", "filter_title", "filter_keywords")),
        get(f"{FLOWS}/flows", orderby="flow_administrators ASC", per_page=1),
        send("POST", f"{FLOWS}/flows", _FLOW),
    ],
    "flows/validate": [send("POST", f"{FLOWS}/flows/validate", _FLOW)],
    "flows/<str:flow_id>": [
        get(f"{FLOWS}/flows/{RARE}"),
        send("PUT", f"{FLOWS}/flows/{RARE}", {"title": "x"}),
        send("DELETE", f"{FLOWS}/flows/{RARE}"),
    ],
    **{
        f"flows/<str:flow_id>/{what}": [send("POST", f"{FLOWS}/flows/{RARE}/{what}", {"body": {}})]
        for what in ("run", "validate_run")
    },
}
ACTION = f"{FLOWS}/flows/{RARE}/{RARE}"
RUN = f"{FLOWS}/runs/{RARE}"
OF_RUN: dict[str, list[Probe]] = {
    "runs": [get(f"{FLOWS}/runs"), get(f"{FLOWS}/runs", filter_label="zyz"), get(f"{FLOWS}/runs", filter_tags="umbra")],
    "runs/<str:run_id>": [get(RUN, include_flow_description="True"), send("PUT", RUN, {"label": "x"})],
    **{f"runs/<str:run_id>/{what}": [get(f"{RUN}/{what}")] for what in ("definition", "log")},
    **{f"runs/<str:run_id>/{what}": [send("POST", f"{RUN}/{what}")] for what in ("cancel", "resume", "release")},
    "flows/<str:flow_id>/runs": [get(f"{FLOWS}/flows/{RARE}/runs")],
    "flows/<str:flow_id>/runs/<str:run_id>/log": [get(f"{FLOWS}/flows/{RARE}/runs/{RARE}/log")],
    **{f"flows/<str:flow_id>/<str:run_id>/{what}": [get(f"{ACTION}/{what}")] for what in ("status", "log")},
    **{
        f"flows/<str:flow_id>/<str:run_id>/{what}": [send("POST", f"{ACTION}/{what}")]
        for what in ("cancel", "resume", "release")
    },
    "batch/runs": [send("POST", f"{FLOWS}/batch/runs", {"filters": {"run_ids": [RARE]}})],
}
OF_FLOWS: dict[str, list[Probe]] = {
    **{f"api/flows/{route}": probes for route, probes in (OF_FLOW | OF_RUN).items()},
    "api/flows/registered_apis": [get(f"{FLOWS}/registered_apis")],
    "api/flows/registered_apis/<str:registered_api_id>": [get(f"{FLOWS}/registered_apis/{RARE}")],
    "api/flows/web_inputs": [get(f"{FLOWS}/web_inputs"), get(f"{FLOWS}/web_inputs", filter_states="open,closed")],
    "api/flows/web_inputs/<str:web_input_id>": [get(f"{FLOWS}/web_inputs/{RARE}")],
    "api/flows/web_inputs/<str:web_input_id>/respond": [
        send("POST", f"{FLOWS}/web_inputs/{RARE}/respond", {"response": {"value": RARE}})
    ],
    "account/functions/": [get("/account/functions/")],
    "account/delays/": [get("/account/delays/")],
    "id/<str:name>/": [get("/id/zyzzogeton/")],
    f"api/search/v1/index/{RUN_INDEX}/search": [
        send(
            "POST",
            f"/api/search/v1/index/{RUN_INDEX}/search",
            {"filters": [{"type": "match_any", "field_name": "run_id", "values": [RARE]}]},
        )
    ],
    "api/flows/^": [get(f"{FLOWS}/"), get(f"{FLOWS}/none")],
}
