"""Flows and their versions, runs with their branches and logs, actions, and functions with their jobs."""

from apps.flows.models.actions import Action
from apps.flows.models.flows import Flow, Version
from apps.flows.models.functions import Function, Job
from apps.flows.models.identifiers import Identifier
from apps.flows.models.inputs import WebInput, WebOption
from apps.flows.models.runs import Branch, LogEntry, Run

__all__ = [
    "Action",
    "Branch",
    "Flow",
    "Function",
    "Identifier",
    "Job",
    "LogEntry",
    "Run",
    "Version",
    "WebInput",
    "WebOption",
]
