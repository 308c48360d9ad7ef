"""Flows, runs and questions to people, found page by page."""

from apps.flows.services.finding.flows import NEWEST_FLOWS, FlowsWanted, find_flows, flows_seen_by
from apps.flows.services.finding.inputs import NEWEST_INPUTS, InputsWanted, find_inputs
from apps.flows.services.finding.runs import NEWEST_RUNS, OF_ALL_RUNS, RunsWanted, find_runs, runs_seen_by

__all__ = [
    "NEWEST_FLOWS",
    "NEWEST_INPUTS",
    "NEWEST_RUNS",
    "OF_ALL_RUNS",
    "FlowsWanted",
    "InputsWanted",
    "RunsWanted",
    "find_flows",
    "find_inputs",
    "find_runs",
    "flows_seen_by",
    "runs_seen_by",
]
