"""``make bench-flows``: each kind of portal in a process of its own, and a table of both."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.bench import machine
from tests.bench.flows import report
from tests.bench.services import DEPLOY, ROOT, free_port

EMBEDDED, GROWN = "SQLite, folder", "PostgreSQL, Redis"


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="make bench-flows ARGS=…", description=__doc__)
    made.add_argument("--scale", type=float, default=1, help="of how often all is done, and of how much waits")
    made.add_argument("--kinds", default=f"{EMBEDDED};{GROWN}", help="which of them, with semicolons")
    made.add_argument("--quiet", type=float, default=20, help="so many seconds workers are watched that wait")
    made.add_argument("--out", type=Path, default=ROOT / "bench" / "results", help="where the tables go")
    return made


def main() -> None:
    asked = parser().parse_args()
    told: dict[str, Any] = {"machine": machine.describe(), "kinds": {}}
    for kind in asked.kinds.split(";"):
        with tempfile.TemporaryDirectory(prefix="vitrine-bench-") as folder, standing_on(kind, Path(folder)) as environ:
            told["kinds"][kind] = measured(Path(folder) / "home", environ, asked)
    asked.out.mkdir(parents=True, exist_ok=True)
    (asked.out / "flows.json").write_text(json.dumps(told, indent=1))
    (asked.out / "flows.md").write_text(report.markdown(told))
    print((asked.out / "flows.md").read_text())


def measured(home: Path, environ: dict[str, str], asked: argparse.Namespace) -> dict[str, Any]:
    home.mkdir()
    more = {"VITRINE_HOME": str(home), "DJANGO_SETTINGS_MODULE": "portal.settings", **environ}
    command = [sys.executable, "-m", "tests.bench.flows.measured", str(asked.scale), str(asked.quiet)]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **more}, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


@contextmanager
def standing_on(kind: str, folder: Path) -> Iterator[dict[str, str]]:
    """What the portal stands on; the variables that tell it so."""
    if kind == EMBEDDED:
        yield {}
        return
    ports = {name: free_port() for name in ("postgres", "redis")}
    for name, port in ports.items():
        _run(f"{name}.sh", "start", "--port", port, "--data", folder / name)
    try:
        yield {
            "VITRINE_DATABASE_URL": f"postgres://vitrine@127.0.0.1:{ports['postgres']}/vitrine",
            "VITRINE_BROKER_URL": f"redis://127.0.0.1:{ports['redis']}/0",
        }
    finally:
        for name in ports:
            _run(f"{name}.sh", "stop", "--data", folder / name)


def _run(script: str, *words: object) -> None:
    subprocess.run([str(DEPLOY / script), *map(str, words)], check=True, stdout=sys.stderr)


if __name__ == "__main__":
    main()
