"""Checks definitions whole: every error, and what is legal and usually wrong, each with its place.

* ``sizes`` – what is looked at first; nothing else is asked of a document that is too large, too deep or no JSON.
* ``structure`` – machines, their ``states`` and the ``ways`` between these; ``state_fields`` says what
  a state may have.
* ``habits``, ``loops``, ``unwritten``, ``variables`` – warnings: of single states, of ways, of data that is
  followed along these.
* ``portability`` – what hosted Globus Flows would refuse.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any  # Any: JSON

from apps.flows.language.checking.habits import habit_warnings
from apps.flows.language.checking.loops import loop_warnings
from apps.flows.language.checking.portability import portability_notes
from apps.flows.language.checking.sizes import size_findings
from apps.flows.language.checking.spot import Spot
from apps.flows.language.checking.structure import structure_findings
from apps.flows.language.checking.unwritten import data_warnings
from apps.flows.language.checking.variables import variable_warnings
from apps.flows.language.checking.walk import machines_in
from apps.flows.language.definition import ROOT
from apps.flows.language.finding import Finding, errors_in
from apps.flows.language.machines import definition_of

MOST_FINDINGS = 500
"""More are not told: nobody reads them, and a document of errors alone would have the server write for a minute."""


def errors_of(document: Any) -> list[Finding]:
    """What keeps a definition from being saved, in the order of the document."""
    return errors_in(_structure(document))


def check(document: Any, input_schema: Any = None, *, is_portable: bool = False) -> list[Finding]:
    """Everything there is to say of a definition. With the schema of the input, more is known of the data. One that is
    to be portable is told what hosted Globus Flows would refuse.

    Where there are errors, ways and data are not looked at: what is broken leads nowhere, and nothing true could be
    said of them.
    """
    found = _structure(document)
    if not errors_in(found):
        found += islice(_warnings(document, input_schema, is_portable), MOST_FINDINGS)
    return found


def _structure(document: Any) -> list[Finding]:
    return size_findings(document) or list(islice(structure_findings(document), MOST_FINDINGS))


def _warnings(document: Any, input_schema: Any, is_portable: bool) -> Iterator[Finding]:
    definition = definition_of(document)
    machines = list(machines_in(document, Spot(ROOT, definition.dialect)))
    for machine in machines:
        for state in machine.states.values():
            yield from habit_warnings(state, input_schema)
    for read in definition.machines.values():
        yield from loop_warnings(read)
    yield from data_warnings(machines[0], input_schema)
    yield from variable_warnings(machines)
    if is_portable:
        yield from portability_notes(machines[0])
