"""The routes of timers, and what is asked there: nothing of them knows what is hidden in an index."""

from tests.api.probe import RARE, get, send

TIMERS = "/api/timers"
_JOB = f"{TIMERS}/jobs/{RARE}"
_FLOW = {"timer_type": "flow", "flow_id": RARE, "schedule": {"type": "once"}, "body": {"body": {}}}
_LEGACY = {"start": "2027-01-31", "interval": 3600, "callback_body": {"body": {}}}
_CALLED = f"https://flows.globus.org/flows/{RARE}/run"
OF_TIMERS = {
    "api/timers/v2/timer": [send("POST", f"{TIMERS}/v2/timer", {"timer": _FLOW})],
    "api/timers/jobs/": [
        get(f"{TIMERS}/jobs/"),
        send("POST", f"{TIMERS}/jobs/", {**_LEGACY, "callback_url": _CALLED}),
    ],
    "api/timers/jobs/<str:job_id>": [get(_JOB), send("PATCH", _JOB, {"name": "x"}), send("DELETE", _JOB)],
    **{f"api/timers/jobs/<str:job_id>/{what}": [send("POST", f"{_JOB}/{what}")] for what in ("pause", "resume")},
    "api/timers/^": [get(f"{TIMERS}/"), get(f"{TIMERS}/none")],
}
