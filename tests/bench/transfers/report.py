"""The outcome as a table."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from statistics import median

from tests.bench.transfers.cases import MIB, Load
from tests.bench.transfers.sides import Told


@dataclass
class Row:
    """One side of a case. The first side of a case is the portal."""

    way: str
    load: Load
    side: str
    compares: str
    flushes: str
    seconds: list[float] = field(default_factory=list)
    peaks: list[float] = field(default_factory=list)

    def add(self, told: Told) -> None:
        self.seconds.append(told.seconds)
        self.peaks += [told.peak] if told.peak is not None else []

    @property
    def line(self) -> str:
        return f"{self.way} {self.load.name} {self.side}: {', '.join(f'{one:.2f}' for one in self.seconds)} s"


def markdown(machine: dict[str, str], rows: list[Row]) -> str:
    told = ", ".join(f"{name} {value}" for name, value in machine.items())
    lines = ["# Transfers", "", f"Machine: {told}.", ""]
    for (way, load), several in groupby(rows, key=lambda row: (row.way, row.load)):
        lines += _table(way, load, list(several))
    return "\n".join(lines)


def _table(way: str, load: Load, rows: list[Row]) -> list[str]:
    size = f"{load.size // MIB:,} MiB" if load.size >= MIB else f"{load.size // 1024} KiB"
    head = "| side | MiB/s | files/s | seconds | its time / ours | peak MiB | compares | waits for the disk |"
    lines = [_line(row, rows[0]) for row in rows]
    return [f"## {way.replace('-', ' → ')}: {load.files:,} × {size}", "", head, "| --- " * 8 + "|", *lines, ""]


def _line(row: Row, ours: Row) -> str:
    took = median(row.seconds)
    ratios = [theirs / mine for theirs, mine in zip(row.seconds, ours.seconds, strict=True)]
    cells = [
        row.side,
        f"{row.load.bytes / MIB / took:.1f}",
        f"{row.load.files / took:.1f}",
        f"{took:.2f} ({min(row.seconds):.2f} to {max(row.seconds):.2f})",
        f"**{median(ratios):.2f}**",
        f"{max(row.peaks):.0f}" if row.peaks else "",
        row.compares,
        row.flushes,
    ]
    return f"| {' | '.join(cells)} |"
