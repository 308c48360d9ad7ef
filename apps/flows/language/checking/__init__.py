"""Checks definitions whole: every error, and what is legal and usually wrong, each with its place.

* ``sizes`` – what is looked at first; nothing else is asked of a document that is too large, too deep or no JSON.
* ``structure`` – machines, their ``states`` and the ``ways`` between these; ``state_fields`` says what
  a state may have.
"""

from __future__ import annotations

from itertools import islice
from typing import Any  # Any: JSON

from apps.flows.language.checking.sizes import size_findings
from apps.flows.language.checking.structure import structure_findings
from apps.flows.language.finding import Finding

MOST_FINDINGS = 500
"""More are not told: nobody reads them, and a document of errors alone would have the server write for a minute."""


def errors_of(document: Any) -> list[Finding]:
    """What keeps a definition from being saved, in the order of the document."""
    return size_findings(document) or list(islice(structure_findings(document), MOST_FINDINGS))
