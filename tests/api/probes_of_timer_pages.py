"""The pages of timers and triggers, and what is asked there: nothing of them knows what is hidden in an index."""

from tests.api.probe import RARE, get, send

_TIMER = f"/timers/{RARE}/"
_WHEN = {"name": "zyzzogeton", "how": "every", "every": "2 hours", "do": "preview"}
_REPEATS = {
    f"timers/new/{what}/<uuid:{what_id}>/": f"/timers/new/{what}/{RARE}/"
    for what, what_id in (("transfer", "task_id"), ("flow", "flow_id"))
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
