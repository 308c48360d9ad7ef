"""Stands between the portal and what it runs: a program of its own, which sees to it that nothing is left over.

It holds one end of a line to the portal. When the other end is shut, because the portal wants it so or because it was
killed, all that was begun is killed: the process, its group, and whoever of its descendants left the group, because
they become children of the guardian (Linux). A guardian that is itself killed takes the process with it.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import select
import signal
import socket
import sys
from pathlib import Path
from typing import Any, NoReturn

SET_DEATH_SIGNAL, SET_NO_NEW_PRIVILEGES, SET_CHILD_SUBREAPER = 1, 38, 36
IS_LINUX = sys.platform == "linux"


def main() -> None:
    order = json.loads(sys.argv[1])
    line = socket.socket(fileno=order["line"])
    _prctl(SET_CHILD_SUBREAPER, 1)
    alarm, ring = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC) if IS_LINUX else os.pipe()
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(ring, warn_on_full_buffer=False)
    guardian = os.getpid()
    child = os.fork()
    if not child:
        _become(order, guardian)
    _let_go_of_its_files(order)
    told = _watch(child, line, alarm)
    line.sendall(json.dumps(told).encode())


def _prctl(option: int, value: int) -> None:
    if IS_LINUX:
        ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0)


def _let_go_of_its_files(order: dict[str, Any]) -> None:
    """Whoever listens to the process hears the end of it."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    if order.get("source"):
        os.close(order["source"]["descriptor"])


def _watch(child: int, line: socket.socket, alarm: int) -> dict[str, Any]:
    """Wait until it ends by itself, or has to."""
    while os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        ready, _, _ = select.select([line.fileno(), alarm], [], [])
        if line.fileno() in ready:  # Nothing is ever said there: it was shut.
            break
        os.read(alarm, 1024)
    _kill_group(child)
    _, status, usage = os.wait4(child, 0)
    _end_descendants()
    return {
        "code": os.waitstatus_to_exitcode(status),
        "cpu_s": usage.ru_utime + usage.ru_stime,
        "memory_mib": usage.ru_maxrss >> 10,
    }


def _kill_group(child: int) -> None:
    """Before anybody has asked for its end: until then no other process can have got its number."""
    for kill in (os.killpg, os.kill):  # A child that has just begun has no group of its own yet.
        try:
            kill(child, signal.SIGKILL)
        except ProcessLookupError:
            continue


def _end_descendants() -> None:
    while True:
        for pid in _children():
            os.kill(pid, signal.SIGKILL)
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            return


def _children() -> list[int]:
    try:
        return [int(pid) for pid in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()]
    except FileNotFoundError:  # Another system than Linux, where orphans do not come here.
        return []


def _become(order: dict[str, Any], guardian: int) -> NoReturn:
    """The process itself, from here on."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    _prctl(SET_DEATH_SIGNAL, signal.SIGKILL)
    _prctl(SET_NO_NEW_PRIVILEGES, 1)
    if os.getppid() != guardian:
        os._exit(1)
    os.close(order["line"])
    os.chdir(order["folder"])
    _limit(order["limits"])
    if "function" in order:
        sys.path[:0] = order["paths"]
        from apps.common.confined import calling

        calling.call(order)
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    try:
        os.execvp(order["command"][0], order["command"])  # noqa: S606 - there is no shell, on purpose
    except OSError as error:
        os.write(2, f"{order['command'][0]}: {error.strerror}".encode())
        os._exit(order["cannot_start"])


def _limit(limits: dict[str, int]) -> None:
    """The soft limit of the processor's time is told by a signal; whoever does not listen is killed a second later."""
    seconds, memory = limits["cpu_s"], limits["memory_mib"] << 20
    for kind, soft, hard in (
        (resource.RLIMIT_CPU, seconds, seconds + 1),
        (resource.RLIMIT_AS, memory, memory),
        (resource.RLIMIT_FSIZE, limits["file_bytes"], limits["file_bytes"]),
        (resource.RLIMIT_NOFILE, limits["open_files"], limits["open_files"]),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        _, most = resource.getrlimit(kind)
        if most != resource.RLIM_INFINITY:
            soft, hard = min(soft, most), min(hard, most)
        resource.setrlimit(kind, (soft, hard))


if __name__ == "__main__":
    main()
