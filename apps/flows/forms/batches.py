"""Changes of many runs at once (F18)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from apps.flows.forms.document import PEOPLE, Document
from apps.flows.models import Run
from apps.flows.services import BatchChanges, Listed

MOST_RUNS = 100
_ROLES = {"run_managers": "manager", "run_monitors": "monitor"}


@dataclass(frozen=True, slots=True)
class Batch:
    run_ids: list[UUID]
    told: BatchChanges


def batch_of(told: Any) -> Batch:  # Any: JSON
    """
    Raises:
        Unprocessable: the document asks for no change of runs.
    """
    document = Document(told)
    document.known({"filters", "set", "add", "remove"})
    filters = document.part("filters")
    filters.known({"run_ids"})
    listed = {name: _listed(document, name) for name in ("set", "add", "remove")}
    batch = Batch(
        run_ids=filters.ids("run_ids", most=MOST_RUNS),
        told=BatchChanges(is_cancel=_is_cancel(document), **listed),
    )
    document.require_right()
    return batch


def _is_cancel(document: Document) -> bool:
    return document.says("set") and document.part("set").choice("status", ("cancel",)) is not None


def _listed(document: Document, name: str) -> Listed:
    if not document.says(name):
        return Listed()
    part = document.part(name)
    part.known({"tags", *_ROLES, *(("status",) if name == "set" else ())})
    roles = {role: part.principals(field, PEOPLE) for field, role in _ROLES.items()}
    return Listed(
        tags=part.texts("tags", most=Run.MOST_TAGS, longest=Run.LONGEST_TAG),
        roles={role: principals for role, principals in roles.items() if principals is not None},
    )
