"""Flows and their versions, runs with their branches and logs, and actions."""

from apps.flows.models.actions import Action
from apps.flows.models.flows import Flow, Version
from apps.flows.models.inputs import WebInput, WebOption
from apps.flows.models.runs import Branch, LogEntry, Run

__all__ = ["Action", "Branch", "Flow", "LogEntry", "Run", "Version", "WebInput", "WebOption"]
