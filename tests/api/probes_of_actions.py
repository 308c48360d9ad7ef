"""The action-provider protocol: what actions tell is asked in the name of whoever asks for them."""

from __future__ import annotations

from tests.api.probe import RARE, Probe, get, send

AT = "/api/actions"
NAME = "<path:name>"
ONE = f"{NAME}/<str:action_id>"
WORDS = ("*", "lysozyme", "zyzzogeton", "xenodocheion")


# The id of a task is another one in each world, so that nothing is told again that was asked for in another.
def _run(name: str, at: int, body: dict[str, object], route: str = "run") -> Probe:
    return send("POST", f"{AT}/{name}/{route}", {"request_id": f"{{task}} {at}", "body": body})


QUERIES = [
    _run("search/query", at, {"search_index": "{id}", "query": {"q": word}}, route)
    for at, word in enumerate(WORDS)
    for route in ("run", "actions")
]
OF_ACTIONS: dict[str, list[Probe]] = {
    "": [get(f"{AT}/")],
    "^": [get(f"{AT}/none%0A/")],
    f"{NAME}/": [get(f"{AT}/hello_world/"), get(f"{AT}/search/query/"), get(f"{AT}/none/")],
    NAME: [get(f"{AT}/hello_world"), get(f"{AT}/none")],
    f"{NAME}/run": [
        *QUERIES[::2],
        _run("search/ingest", 1, {"search_index": "{id}", "subject": "x", "visible_to": ["public"], "content": {}}),
        _run("transfer/ls", 1, {"endpoint_id": RARE, "path": "/"}),
        _run("transfer/set_permission", 1, {"endpoint_id": RARE, "operation": "DELETE", "rule_id": RARE}),
        _run("hello_world", 1, {"sleep_time": "zyzzogeton"}),
    ],
    f"{NAME}/actions": [*QUERIES[1::2], get(f"{AT}/search/query/actions", status="succeeded,failed")],
    f"{NAME}/actions/<str:action_id>": [get(f"{AT}/search/query/actions/{RARE}")],
    **{
        f"{at}/{what}": [send("POST", f"{AT}/{path}/{RARE}/{what}")]
        for at, path in ((ONE, "search/query"), (f"{NAME}/actions/<str:action_id>", "search/query/actions"))
        for what in ("cancel", "release", "resume")
    },
    f"{ONE}/status": [get(f"{AT}/search/query/{RARE}/status")],
    f"{ONE}/log": [get(f"{AT}/search/query/{RARE}/log")],
    f"{NAME}/actions/<str:action_id>/log": [get(f"{AT}/search/query/actions/{RARE}/log")],
}
OF_ACTIONS = {f"api/actions/{route}": probes for route, probes in OF_ACTIONS.items()}
