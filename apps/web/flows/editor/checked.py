"""A definition and an input schema as they are written, with all that is found wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from apps.flows import services as flows
from apps.flows.language.documents import BadSyntax, Place, parse
from apps.flows.language.finding import Finding, errors_in
from apps.flows.language.reading import read
from apps.web.editors.findings import FindingView, line_of, places_of, unreadable
from apps.web.flows.graph.view import GraphView, graph_of

SCHEMA = "/input_schema"


@dataclass(frozen=True, slots=True)
class Checked:
    """``definition`` and ``schema`` are None where they cannot be read. The graph is that of a definition without
    errors."""

    definition: Any
    schema: Any
    findings: tuple[FindingView, ...]
    graph: GraphView | None

    @property
    def errors(self) -> int:
        return sum(one.is_error for one in self.findings)

    @property
    def warnings(self) -> int:
        return len(self.findings) - self.errors


def checked(text: str, schema_text: str) -> Checked:
    definition, found = _parsed(text, "definition")
    schema, more = _parsed(schema_text, "schema") if schema_text.strip() else ({}, [])
    if found or more:
        return Checked(definition, schema, (*found, *more), None)
    findings = flows.check_flow(definition, schema)
    places = {"definition": places_of(text), "schema": places_of(schema_text)}
    graph = None
    if not errors_in(one for one in findings if not one.pointer.startswith(SCHEMA)):
        graph = graph_of(read(definition), url=lambda _: "#text")
    return Checked(definition, schema, tuple(_view(one, places) for one in findings), graph)


def _parsed(text: str, field: str) -> tuple[Any, list[FindingView]]:
    try:
        return parse(text), []
    except BadSyntax as error:
        return None, [unreadable(error, field)]


def _view(one: Finding, places: Mapping[str, Mapping[str, Place]]) -> FindingView:
    field = "schema" if one.pointer.startswith(SCHEMA) else "definition"
    pointer = one.pointer.removeprefix(SCHEMA) if field == "schema" else one.pointer
    return FindingView(one.message, pointer, line_of(pointer, places[field]), field, one.is_error, one.code)
