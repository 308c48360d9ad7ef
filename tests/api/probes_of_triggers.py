"""The routes of triggers, and what is asked there: nothing of them knows what is hidden in an index, but for standing
searches, which ask with the eyes of their owners (``tests/triggers/test_standing.py``)."""

from tests.api.probe import RARE, get, send

TRIGGERS = "/api/triggers/triggers"
_ONE = f"{TRIGGERS}/{RARE}"
_ROUTE = "api/triggers/triggers/<str:trigger_id>"
_RECORDS = {"kind": "records", "index": "clandestine", "query": "q=zyzzogeton"}
_TOLD = {"name": "x", "watched": _RECORDS, "flow_id": RARE, "body": {"body": {}}}
OF_TRIGGERS = {
    "api/triggers/triggers": [get(TRIGGERS), send("POST", TRIGGERS, _TOLD)],
    "api/triggers/triggers/try": [send("POST", f"{TRIGGERS}/try", {"trigger": _TOLD})],
    _ROUTE: [get(_ONE), send("PUT", _ONE, _TOLD), send("DELETE", _ONE)],
    **{f"{_ROUTE}/{what}": [send("POST", f"{_ONE}/{what}", {})] for what in ("begin", "pause", "secret", "messages")},
    **{f"{_ROUTE}/{what}": [get(f"{_ONE}/{what}")] for what in ("firings", "files")},
    f"{_ROUTE}/webhook": [send("POST", f"{_ONE}/webhook", {})],
    "api/triggers/^": [get("/api/triggers/"), get("/api/triggers/none")],
}
