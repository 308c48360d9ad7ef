"""Which of the two languages a definition speaks, and every default on which they disagree.

A definition speaks the Amazon States Language (ASL) when it has a ``QueryLanguage`` or a ``Task`` or ``Parallel``
state, at any depth. Failing these, an ``Action`` or ``ExpressionEval`` state says Globus; failing these too, what
Globus refuses (``Map``, ``Succeed``, a ``Version`` or ``TimeoutSeconds`` of the whole) says ASL. The rest is Globus.

=============================  ========================================  =======================================
subject                        Globus                                    ASL
=============================  ========================================  =======================================
a task without a time limit    ``WaitTime`` 300 s, ``ActionTimeout``     none (AWS; the specification says 60 s)
an action that ends FAILED     ``ActionFailedException``, unless         ``States.TaskFailed``
                               ``ExceptionOnActionFailure`` is false
what ``States.ALL`` catches    everything                                all but ``States.Runtime`` and
                                                                         ``States.DataLimitExceeded``
input of an action             ``InputPath`` or ``Parameters``: one of   ``InputPath`` (``$`` when absent), then
                               them, required                            ``Parameters`` upon it
``$._context``                 the run: its ids, its person; read only   the member ``_context`` of the data
``$name``                      not a path                                a variable set by ``Assign``
timestamps                     ISO 8601; without a zone, UTC             RFC 3339 with ``T`` and a zone
=============================  ========================================  =======================================

The same in both: ``ResultPath`` is ``$`` when absent, so a result replaces all data, and ``null`` discards the result;
an absent ``Variable`` of a rule is ``States.Runtime``; a comparison of the wrong type is false. ``.$``, ``.=``,
intrinsic functions and ``__Private_Parameters`` mean the same in both, for neither gives them another meaning.
An ``Action`` has the defaults of Globus and a ``Task`` those of ASL wherever it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

_MAX_DEPTH = 50  # of Map and Parallel states within each other; deeper ones are refused elsewhere


class Dialect(StrEnum):
    """A language that definitions are written in."""

    GLOBUS = "globus"
    ASL = "asl"


def dialect_of(document: Any) -> Dialect:
    """Tell which language a definition speaks. Whatever it is given, it answers: broken ones are told of elsewhere."""
    if not isinstance(document, dict):
        return Dialect.GLOBUS
    states = list(_states(document, depth=0))
    types = {state["Type"] for state in states if isinstance(state.get("Type"), str)}
    if any("QueryLanguage" in each for each in (document, *states)) or types & {"Task", "Parallel"}:
        return Dialect.ASL
    if types & {"Action", "ExpressionEval"}:
        return Dialect.GLOBUS
    says_asl = types & {"Map", "Succeed"} or "Version" in document or "TimeoutSeconds" in document
    return Dialect.ASL if says_asl else Dialect.GLOBUS


def _states(machine: Any, depth: int) -> Iterator[dict[str, Any]]:
    """Every state of a machine and of the machines within it."""
    states = machine.get("States") if isinstance(machine, dict) else None
    if not isinstance(states, dict) or depth > _MAX_DEPTH:
        return
    for state in states.values():
        if isinstance(state, dict):
            yield state
            branches = state.get("Branches")
            inner = [state.get("ItemProcessor"), state.get("Iterator")]
            for machine_within in [*inner, *(branches if isinstance(branches, list) else [])]:
                yield from _states(machine_within, depth + 1)
