"""``make bench-transfers``: move, compare, report."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

from tests.bench import machine
from tests.bench.services import ROOT
from tests.bench.transfers import cases, places, report
from tests.bench.transfers.sides import CP, RCLONE, RCLONE_SUMMED, RSYNC, SUMMED, SYNCED, Mover, Side, environ_for
from tests.storage.servers.s3 import juicefs
from tests.storage.servers.ssh import ssh_server

WAYS = ("posix-posix", "posix-s3", "s3-posix", "posix-sftp", "sftp-posix")


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="make bench-transfers ARGS=…", description=__doc__)
    made.add_argument("--scale", type=float, default=1, help="of the number of files, and of the size of the largest")
    made.add_argument("--rounds", type=int, default=3, help="how often each side has its turn")
    made.add_argument("--ways", default=",".join(WAYS), help="which of them")
    made.add_argument("--loads", default="small,middle,large", help="which of them")
    made.add_argument("--tools", default="all", help="only these, by their names with commas")
    made.add_argument("--out", type=Path, default=ROOT / "bench" / "results", help="where the tables go")
    made.add_argument("--work", type=Path, help="below which folder files are moved about")
    return made


class Bench:
    """Places and sides, and what was found so far."""

    def __init__(self, asked: argparse.Namespace, work: Path, stack: ExitStack) -> None:
        self.asked, self.work = asked, work
        self.origin = places.folder(work / "origin")
        self.mover = Mover(work / "home")
        stack.callback(self.mover.close)
        self._stack = stack
        self.rows: list[report.Row] = []

    def place(self, kind: str) -> places.Place:
        home = self.work / f"{kind}-server"
        home.mkdir(exist_ok=True)
        match kind:
            case "s3":
                return places.bucket(self._stack.enter_context(juicefs(home)))
            case "sftp":
                return places.account(self._stack.enter_context(ssh_server(home)), home / "files")
        return places.folder(self.work / "target")

    def sides(self, way: str) -> list[Side]:
        of_way = {"posix-posix": [CP, SYNCED, RSYNC, SUMMED, RCLONE], "posix-sftp": [RCLONE, RCLONE_SUMMED]}
        tools = of_way.get(way, [RCLONE])
        wanted = self.asked.tools.split(",")
        path = environ_for()["PATH"]
        here = [tool for tool in tools if shutil.which(tool.command.split()[0], path=path)]
        return [self.mover, *(tool for tool in here if wanted == ["all"] or tool.name in wanted)]

    def measure(self, way: str, load: cases.Load, source: places.Place, target: places.Place) -> None:
        sides = self.sides(way)
        rows = {side.name: report.Row(way, load, side.name, side.compares, side.flushes) for side in sides}
        for number in range(self.asked.rounds):
            for side in sides:
                name = f"{load.name}-{number}-{sides.index(side)}"
                os.sync()  # nobody pays for what another has left to be written
                told = side.move(source, load.name, target, name)
                rows[side.name].add(told)
                target.forget(name, environ_for(target))
        self.rows += rows.values()
        for row in rows.values():
            say(row.line)


def main() -> None:
    asked = parser().parse_args()
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="vitrine-bench-", dir=asked.work))
        bench = Bench(asked, Path(folder), stack)
        loads = [load for load in cases.loads(asked.scale) if load.name in asked.loads.split(",")]
        for load in loads:
            say(f"making {load.files:,} files of {load.size:,} bytes")
            load.make(Path(bench.origin.remote) / load.name)
        kinds = {kind for way in asked.ways.split(",") for kind in way.split("-")}
        known = {kind: bench.place(kind) for kind in sorted(kinds)}
        for way in asked.ways.split(","):
            source, target = (known[kind] for kind in way.split("-"))
            for load in loads:
                if way.startswith("posix-"):
                    bench.measure(way, load, bench.origin, target)
                else:
                    RCLONE.move(bench.origin, load.name, source, load.name)
                    bench.measure(way, load, source, target)
        told = {"machine": machine.describe(), "scale": asked.scale, "rows": [asdict(row) for row in bench.rows]}
        asked.out.mkdir(parents=True, exist_ok=True)
        (asked.out / "transfers.json").write_text(json.dumps(told, indent=1))
        (asked.out / "transfers.md").write_text(report.markdown(told["machine"], bench.rows))
        print((asked.out / "transfers.md").read_text())


def say(line: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {line}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
