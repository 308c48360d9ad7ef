"""What became of a process, in a sentence."""

from __future__ import annotations

import re
import signal
from dataclasses import dataclass

from apps.common.confined.errors import EndedBadly, NeededTooMuchMemory, SaidTooMuch, TookTooLong
from apps.common.confined.types import Limits

_SHORT_OF_MEMORY = re.compile(r"MemoryError|bad_alloc|[Cc]annot allocate memory|[Oo]ut of memory")
_OF_MEMORY = {signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS}
"""How programs end that do not look whether they were given memory."""


@dataclass(frozen=True, slots=True)
class Report:
    """A process that ended. ``code`` is below 0 for a signal; ``murmur`` is the end of what it said beside."""

    code: int
    output: bytes
    murmur: str
    cpu_s: float
    memory_mib: int


def require_good(report: Report, limits: Limits) -> None:
    """
    Raises:
        Failed: it did not end with 0.
    """
    details = {"code": report.code, "said": report.murmur}
    if report.code == 0:
        return
    if report.code == -signal.SIGXCPU or (report.code == -signal.SIGKILL and report.cpu_s >= limits.cpu_s):
        told = f"The process needed more than {limits.cpu_s} s of a processor, and was ended."
        raise TookTooLong(told, details=details)
    if report.code == -signal.SIGXFSZ:
        raise SaidTooMuch(f"The process wrote a file of more than {limits.file_bytes:,} bytes.", details=details)
    is_near = report.memory_mib >= 0.8 * limits.memory_mib and -report.code in _OF_MEMORY
    if is_near or _SHORT_OF_MEMORY.search(report.murmur):
        raise NeededTooMuchMemory(memory(limits), details=details)
    raise EndedBadly(_bad_end(report), details=details)


def memory(limits: Limits) -> str:
    return f"The process needed more than {limits.memory_mib:,} MiB of memory."


def time(limits: Limits) -> str:
    return f"The process took longer than {limits.seconds:g} s, and was ended."


def _bad_end(report: Report) -> str:
    how = f"with code {report.code}" if report.code > 0 else f"by signal {_name(-report.code)}"
    said = report.murmur.strip()
    return (
        f"The process ended {how}, and said: {said[-500:]}" if said else f"The process ended {how}, and said nothing."
    )


def _name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return str(number)
