"""The pages of timers and triggers, and what is asked there: nothing of them knows what is hidden in an index."""

from tests.api.probe import RARE, get, send

_TIMER = f"/timers/{RARE}/"
_WHEN = {"name": "zyzzogeton", "how": "every", "every": "2 hours", "do": "preview"}
_REPEATS = {
    f"timers/new/{what}/<uuid:{what_id}>/": f"/timers/new/{what}/{RARE}/"
    for what, what_id in (("transfer", "task_id"), ("flow", "flow_id"), ("timer", "timer_id"))
}
_TRIGGER = f"/triggers/{RARE}/"
_TOLD = {"name": "zyzzogeton", "index": "clandestine", "query": "q=zyzzogeton", "do": "try"}
OF_TRIGGER_PAGES = {
    "triggers/": [get("/triggers/"), get("/triggers/", state="active"), get("/triggers/", state="zyz")],
    "triggers/new/": [get("/triggers/new/")],
    "triggers/new/<str:kind>/": [
        probe
        for kind in ("files", "records", "run_end", "webhook", "message", "zyz")
        for probe in (get(f"/triggers/new/{kind}/"), send("POST", f"/triggers/new/{kind}/", _TOLD))
    ],
    "triggers/<uuid:trigger_id>/": [get(_TRIGGER), get(_TRIGGER, page=2)],
    "triggers/<uuid:trigger_id>/feed/": [get(f"{_TRIGGER}feed/"), get(f"{_TRIGGER}feed/", key="zyz")],
    "triggers/<uuid:trigger_id>/files/": [get(f"{_TRIGGER}files/", state="taken")],
    **{f"triggers/<uuid:trigger_id>/{do}/": [send("POST", f"{_TRIGGER}{do}/")] for do in ("begin", "pause", "secret")},
    **{
        f"triggers/<uuid:trigger_id>/{do}/": [get(f"{_TRIGGER}{do}/"), send("POST", f"{_TRIGGER}{do}/", _TOLD)]
        for do in ("change", "delete")
    },
}
OF_TIMER_PAGES = {
    "timers/": [get("/timers/"), get("/timers/", state="active"), get("/timers/", state="zyz")],
    "timers/calendar/": [get("/timers/calendar/"), get("/timers/calendar/", month="1999-09")],
    **{route: [get(url), send("POST", url, _WHEN)] for route, url in _REPEATS.items()},
    "timers/<uuid:timer_id>/": [get(_TIMER), get(_TIMER, page=2)],
    **{f"timers/<uuid:timer_id>/{do}/": [send("POST", f"{_TIMER}{do}/")] for do in ("pause", "resume", "rename")},
    **{
        f"timers/<uuid:timer_id>/{do}/": [get(f"{_TIMER}{do}/"), send("POST", f"{_TIMER}{do}/", _WHEN)]
        for do in ("change", "delete")
    },
}
