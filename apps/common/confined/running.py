"""Runs a program, or calls a Python function, in a process that is held within bounds."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from apps.common.confined import verdict
from apps.common.confined.errors import CannotStart, Failed, NeededTooMuchMemory, Raised
from apps.common.confined.session import Session
from apps.common.confined.types import Ended, Setting, Source
from apps.common.confined.verdict import Report

ROOT = Path(__file__).resolve().parents[3]
CANNOT_START = 127
"""What shells say, too, of a program that there is not."""


def run(command: Sequence[str], told: bytes = b"", *, setting: Setting | None = None) -> Ended:
    """Run a program, and give back what it said. ``told`` is its input.

    Raises:
        Failed: it ended with another code than 0, was ended because it went beyond its limits, or did not start.
    """
    setting = setting or Setting()
    report = _run({"command": list(command), "cannot_start": CANNOT_START}, told, setting)
    if report.code == CANNOT_START and not report.output:
        raise CannotStart(f"The program could not be started: {report.murmur}", details={"said": report.murmur})
    verdict.require_good(report, setting.limits)
    return Ended(report.output, report.murmur, report.cpu_s, report.memory_mib)


def call(
    function: str,
    args: Sequence[Any] = (),
    kwargs: Mapping[str, Any] | None = None,
    *,
    setting: Setting | None = None,
    source: Source | None = None,
    is_shut: bool = False,
    paths: Sequence[str] = (),
) -> Any:
    """Call ``package.module:function`` and give back what it returns. What goes in and comes out is JSON.

    With a ``source`` the function's first argument is a file that can be read in any order, and that only the portal
    has open. With ``is_shut`` the function can open nothing once its module is imported: no file, no connection, and
    (unless root runs it) no other process.
    ``paths`` are looked through before all others for the module.

    Raises:
        CannotStart: there is no such function. Raised: it raised an error, or returned what is no JSON.
        Failed: it went beyond its limits, or broke down.
    """
    setting = setting or Setting()
    order = {"function": function, "paths": [*paths, str(ROOT)], "is_shut": is_shut}
    asked = json.dumps({"args": list(args), "kwargs": dict(kwargs or {})}).encode()
    report = _run(order, asked, setting, source)
    verdict.require_good(report, setting.limits)
    try:
        told = json.loads(report.output)
    except ValueError as error:
        raise Failed("The process ended before it had answered.", details={"said": report.murmur}) from error
    return _answer(told, report, setting)


def _answer(told: dict[str, Any], report: Report, setting: Setting) -> Any:
    details = {"said": report.murmur}
    if "no_function" in told:
        raise CannotStart(f"The function could not be imported: {told['no_function']}.", details=details)
    if "memory" in told:
        raise NeededTooMuchMemory(verdict.memory(setting.limits), details=details)
    if "error" in told:
        raise Raised(f"{told['error']}", details=details | {"kind": told["kind"]})
    return told["answer"]


def _run(order: dict[str, Any], told: bytes, setting: Setting, source: Source | None = None) -> Report:
    with Session(order, setting, source) as session:
        return session.report(told)
