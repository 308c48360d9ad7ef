"""The outcome as a table."""

from __future__ import annotations

from typing import Any


def markdown(told: dict[str, Any]) -> str:
    machine = ", ".join(f"{name} {value}" for name, value in told["machine"].items())
    kinds = told["kinds"]
    lines = [
        _row("", *kinds),
        "| --- " * (len(kinds) + 1) + "|",
        *(_row(name, *(show(found) for found in kinds.values())) for name, show in _SHOWN.items()),
    ]
    return "\n".join(["# Flows", "", f"Machine: {machine}.", "", *lines, ""])


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _ms(found: dict[str, float]) -> str:
    return f"{found['p50']:.0f} ms (p95 {found['p95']:.0f})"


_SHOWN = {
    "a run of one synchronous action, end to end": lambda found: _ms(found["synchronous"]["ours"]),
    "the same by moto's interpreter, which keeps nothing": lambda found: _ms(found["synchronous"]["moto"]),
    "the end of a transfer, until its run has ended": lambda found: _ms(found["noticed"]),
    "durable transitions/s, two workers": lambda found: "{rate:.0f} ({cpu_ms:.1f} ms of CPU each)".format(
        **found["durable"]
    ),
    "pure states/s in a chain, one process": lambda found: f"{found['pure']['ours']:,.0f}",
    "the same by moto's interpreter": lambda found: f"{found['pure']['moto']:,.0f}",
    "timers due in the same second, until what each is for has begun": lambda found: (
        "{count}: p50 {p50:.0f} ms, p95 {p95:.0f}, the last {last:.0f}".format(**found["clock"])
    ),
    "files that settle in a folder of many, until the run of each was started": lambda found: (
        "in {crowd:,}: p50 {p50:.0f} ms, p95 {p95:.0f}".format(**found["files"])
    ),
    "their watcher": lambda found: (
        "{rss:.0f} MiB (at most {peak:.0f}); knew what was there after {first_s:.1f} s".format(**found["files"])
    ),
    "workers with nothing to do, of a core": lambda found: f"{found['idle']['quiet']:.1f} %",
    "runs that wait for a time": lambda found: _more(found, "time"),
    "runs that wait for an action": lambda found: _more(found, "action"),
}


def _more(found: dict[str, Any], name: str) -> str:
    return f"{found['idle']['count']:,}: {found['idle'][name]:+.2f} % more"
