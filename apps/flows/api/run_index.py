"""The index of runs that the ``globus`` command looks up by an id of its own, to find the flow of a run.

No index holds runs here: they are asked of the database, for what the caller may see of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.services import scopes
from apps.common.errors import PortalError
from apps.common.parsing import id_in
from apps.flows import services as flows
from apps.flows.api.base import FlowsView
from apps.flows.errors import NoSuchRun
from apps.flows.models import Run

RUN_INDEX = "2a318659-a547-4b48-a0fc-e0c19081a960"
MOST = 10
VERSION = "2017-09-01"


class RunIndex(FlowsView):
    """Answers the one question that is asked of it: which runs have these ids."""

    resource_server = scopes.SEARCH
    scopes_to_read = (scopes.urn(scopes.SEARCH, "search"), scopes.urn(scopes.SEARCH, "all"))
    scopes_to_write: ClassVar[tuple[str, ...]] = scopes_to_read

    def post(self, request: Request) -> Response:
        self.require_caller()
        found = [_subject(run) for word in _ids_in(request.data) if (run := self._run(word))]
        told = {"@datatype": "GSearchResult", "@version": VERSION, "offset": 0, "has_next_page": False}
        return Response({**told, "count": len(found), "total": len(found), "gmeta": found})

    def _run(self, run_id: str) -> Run | None:
        try:
            return flows.get_run(id_in(run_id, NoSuchRun), actor=self.user)
        except PortalError:
            return None


def _ids_in(told: Any) -> Iterator[str]:
    """What is asked of the field ``run_id``. (``Any``: JSON, whatever was sent)"""
    filters = told.get("filters") if isinstance(told, dict) else None
    for one in filters if isinstance(filters, list) else []:
        values = one.get("values") if isinstance(one, dict) and one.get("field_name") == "run_id" else None
        yield from values[:MOST] if isinstance(values, list) else []


def _subject(run: Run) -> dict[str, Any]:
    content = {"run_id": str(run.pk), "flow_id": str(run.flow_id)}
    entry: dict[str, Any] = {"entry_id": None, "matched_principal_sets": [], "content": content}
    return {"@datatype": "GMetaResult", "@version": VERSION, "subject": str(run.pk), "entries": [entry]}
