"""A flow: its graph, its definition, who may what with it, and its runs."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from apps.flows import services as flows
from apps.flows.language.documents import to_json, to_yaml
from apps.flows.language.reading import read
from apps.web.flows.base import FlowPage
from apps.web.flows.graph.view import graph_of
from apps.web.flows.people import holders
from apps.web.flows.run_lines import latest_of
from apps.web.flows.states import state_in

FIRST_RUNS = 10
ROLES = {"start": "starter", "change": "administrator", "delete": "owner"}


class OneFlow(FlowPage):
    template = "web/flows/flow.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        version, chosen = self.version, request.GET.get("state", "")
        shown = self.shown_definition(version)
        may = {name: flows.may_flow(self.actor, role, self.flow) for name, role in ROLES.items()}
        definition = read(version.definition)
        runs = latest_of(self.flow, self.actor, most=FIRST_RUNS + 1)
        return self.page(
            version=version,
            graph=graph_of(definition, url=_state_url, current=chosen),
            state=state_in(definition, shown, chosen),
            json=to_json(shown),
            yaml=to_yaml(shown),
            schema=to_json(version.input_schema) if version.input_schema else "",
            holders=holders(self.flow.resource, self.actor, administers=may["change"]),
            may=may,
            runs=runs[:FIRST_RUNS],
            has_more_runs=len(runs) > FIRST_RUNS,
            scope=flows.scope_of(self.flow.pk),
        )


class Definition(FlowPage):
    """The definition of a version as a file: of the newest, unless ``version`` says which."""

    def get(self, request: HttpRequest, ending: str) -> HttpResponse:
        version = self.version_in(request)
        write, content_type = {"json": (to_json, "application/json"), "yaml": (to_yaml, "application/yaml")}[ending]
        text = write(self.shown_definition(version))
        answer = HttpResponse(text, content_type=f"{content_type}; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="flow-{self.flow.pk}-{version.number}.{ending}"'
        return answer


def _state_url(name: str) -> str:
    return f"?{urlencode({'state': name})}#state"
