"""``make bench``: load, ask, compare, report."""

from __future__ import annotations

import argparse
import contextlib
import shutil
import tempfile
from pathlib import Path

from tests.bench.run import Plan, run
from tests.bench.services import ROOT


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="make bench ARGS=…", description=__doc__)
    made.add_argument("--entries", type=int, default=10_000, help="how many entries (10000; 1000000 takes hours)")
    made.add_argument("--out", type=Path, default=ROOT / "bench" / "results", help="where the tables go")
    made.add_argument("--work", type=Path, help="where all data lies; with it a run that was cut off goes on")
    made.add_argument("--sides", default="embedded,OpenSearch", help="one of the two, or both")
    made.add_argument("--runs", type=int, default=40, help="how often a pair of searches is measured at most")
    made.add_argument("--seconds", type=float, default=15, help="the most time for a pair of searches")
    made.add_argument("--minutes", type=float, default=60, help="the most time for the load of a side")
    made.add_argument("--heap", default="1g", help="the heap of the OpenSearch node")
    made.add_argument("--no-raw", action="store_true", help="without the load of entries with dynamic types")
    return made


@contextlib.contextmanager
def work_folder(given: Path | None):
    """The folder that was given, which is kept, or one that goes away. PostgreSQL's user must be able to enter it."""
    folder = Path(tempfile.mkdtemp(prefix="vitrine-bench-")) if given is None else given.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        if given is None:
            shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    asked = parser().parse_args()
    with work_folder(asked.work) as folder:
        files = run(
            Plan(
                entries=asked.entries,
                sides=tuple(asked.sides.split(",")),
                runs=asked.runs,
                seconds=asked.seconds,
                minutes=asked.minutes,
                heap=asked.heap,
                with_raw=not asked.no_raw,
            ),
            folder=folder,
            out=asked.out,
        )
    print(files[-1].read_text())
    print("Written to", *files)


if __name__ == "__main__":
    main()
