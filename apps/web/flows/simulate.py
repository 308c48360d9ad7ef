"""A definition, run in thought: the reader answers for the actions, step by step, and nothing is touched.

All of the simulation is in the page, signed, so that it is what this portal wrote: nothing is kept, and going back in
the browser goes back in the simulation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse
from jsonschema import Draft7Validator

from apps.accounts.models import User
from apps.common.errors import Invalid, TooLarge
from apps.flows import services as flows
from apps.flows.errors import InvalidInput
from apps.flows.language.documents import to_json
from apps.flows.language.finding import InvalidDefinition
from apps.flows.language.reading import read
from apps.flows.models import LogEntry
from apps.flows.services import Simulation
from apps.web.flows.base import FlowPage
from apps.web.flows.editor.checked import checked
from apps.web.flows.graph.view import graph_of
from apps.web.flows.run.visits import BRANCH, story_of
from apps.web.flows.states import state_in
from apps.web.flows.vocabularies import vocabularies_of
from apps.web.pages import Page
from apps.web.schema_forms.fields import ABSENT
from apps.web.schema_forms.form import SchemaForm
from apps.web.schema_forms.reading import json_in

SALT = "simulation"
MOST_SIGNS = 1_500_000
MOST_STEPS, AT_ONCE = 500, 100
ENDINGS = {
    "succeeded": "It succeeds",
    "failed": "It ends as failed",
    "unable": "It cannot be begun",
    "late": "It takes too long",
}
TOO_LARGE = "The simulation has grown too large for a page. Begin with less."


@dataclass(frozen=True, slots=True)
class Next:
    """What is done with the next step. ``body`` is that of an action which waits for an answer."""

    state: str
    kind: str
    data: str
    url: str = ""
    body: str = ""


class SimulationPage(Page):
    template = "web/flows/simulate.html"

    def begun(self, definition: Any, schema: Any) -> HttpResponse:
        """Asks for the input."""
        form = _form(schema, self.user)
        kept = _signed({"definition": definition, "schema": schema, "simulation": None})
        return self.page(kept=kept, view=form.shown(form.typed()), graph=_graph(definition), endings=ENDINGS)

    def stepped(
        self, told: dict[str, Any], simulation: Simulation, *, error: str = "", details: str = "{}"
    ) -> HttpResponse:
        definition = told["definition"]
        lines = _lines(simulation)
        story = story_of(lines, is_over=simulation.ended is not None)
        upcoming = _next(simulation, definition)
        kept = _signed({**told, "simulation": flows.simulation_as_json(simulation)})
        return self.page(
            kept=kept,
            simulation=simulation,
            upcoming=upcoming,
            graph=_graph(definition, signs=story.signs, taken=story.taken, current=upcoming.state if upcoming else ""),
            log=lines[::-1],
            output=to_json(simulation.ended.output) if simulation.ended and not simulation.ended.error else "",
            endings=ENDINGS,
            is_at_end=len(simulation.entries) >= MOST_STEPS,
            details=details,
            error=error,
            status=400 if error else 200,
        )


class SimulateFlow(FlowPage, SimulationPage):
    def get(self, _request: HttpRequest) -> HttpResponse:
        return self.begun(self.shown_definition(self.version), self.version.input_schema)


class Simulate(SimulationPage):
    """What the editor sends, and each step."""

    def post(self, request: HttpRequest) -> HttpResponse:
        if "kept" not in request.POST:
            return self._from_editor(request)
        told = _unsigned(request.POST["kept"])
        if told["simulation"] is None:
            return self._from_input(request, told)
        simulation = flows.simulation_from_json(told["simulation"], told["definition"])
        return self._step(request, told, simulation)

    def _from_editor(self, request: HttpRequest) -> HttpResponse:
        found = checked(request.POST.get("text", ""), request.POST.get("schema", ""))
        first = next((one for one in found.findings if one.is_error), None)
        if first is not None:
            raise Invalid(f"Correct the definition first: {first.message}", place=first.pointer)
        return self.begun(found.definition, found.schema)

    def _from_input(self, request: HttpRequest, told: dict[str, Any]) -> HttpResponse:
        form, button = _form(told["schema"], self.user), request.POST.get("do", "")
        typed, graph = form.sent(request.POST.dict()), _graph(told["definition"])
        if button not in {"begin", "check"}:
            return self.page(kept=request.POST["kept"], view=form.after(typed, button), graph=graph)
        found = form.read(typed)
        if not found.faults and found.value is not ABSENT:
            try:
                simulation = flows.begin_simulation(
                    definition=told["definition"], schema=told["schema"], input=found.value, actor=self.user
                )
                return self.stepped(told, simulation)
            except (InvalidInput, InvalidDefinition) as error:
                found.faults[""] = error.message
        return self.page(kept=request.POST["kept"], view=form.shown(typed, found.faults), graph=graph, status=400)

    def _step(self, request: HttpRequest, told: dict[str, Any], simulation: Simulation) -> HttpResponse:
        text = request.POST.get("details", "").strip() or "{}"
        try:
            details = json_in(text)
        except Invalid as error:
            return self.stepped(told, simulation, error=error.message, details=text)
        flows.step_simulation(simulation, ending=request.POST.get("ending", ""), details=details)
        steps = 1
        while request.POST.get("do") == "on" and _goes_on(simulation) and steps < AT_ONCE:
            flows.step_simulation(simulation)
            steps += 1
        return self.stepped(told, simulation)


def _goes_on(simulation: Simulation) -> bool:
    return simulation.ended is None and simulation.waiting is None and len(simulation.entries) < MOST_STEPS


def _next(simulation: Simulation, document: Any) -> Next | None:
    branch = simulation.waiting or simulation.upcoming
    if branch is None:
        return None
    state = state_in(simulation.world.definition, document, branch.position.state)
    asked = branch.asked or {}
    return Next(
        state=branch.position.state,
        kind=state.kind if state else "",
        data=to_json(branch.position.data),
        url=str(asked.get("url", "")) if simulation.waiting else "",
        body=to_json(asked["body"]) if simulation.waiting and "body" in asked else "",
    )


def _lines(simulation: Simulation) -> list[LogEntry]:
    """As if they were those of a run."""
    return [
        LogEntry(
            number=number, at=at, code=one.code, description=one.description, details={**one.details, BRANCH: branch}
        )
        for number, (at, branch, one) in enumerate(simulation.entries, start=1)
    ]


def _graph(definition: Any, **how: Any) -> Any:
    return graph_of(read(definition), url=lambda _: "#graph-h", **how)  # no state has a page of its own here


def _signed(told: dict[str, Any]) -> str:
    """
    Raises:
        TooLarge: no page can hold it.
    """
    kept = signing.dumps(told, salt=SALT, compress=True)
    if len(kept) > MOST_SIGNS:
        raise TooLarge(TOO_LARGE)
    return kept


def _unsigned(kept: str) -> dict[str, Any]:
    try:
        found: dict[str, Any] = signing.loads(kept, salt=SALT)
    except signing.BadSignature as error:
        raise Invalid("This simulation was not begun here. Begin it anew.") from error
    return found


def _form(schema: Any, user: User) -> SchemaForm:
    return SchemaForm(schema or {}, user, draft=Draft7Validator, vocabularies=vocabularies_of(user))
