"""Flows, runs and lists of them as callers of the Flows API write them."""

from apps.flows.forms.batches import Batch, batch_of
from apps.flows.forms.flows import asked_to_check, flow_changes, new_flow
from apps.flows.forms.lists import Listing, LogWanted, flows_listing, log_wanted, runs_listing
from apps.flows.forms.runs import Start, run_changes, start_of

__all__ = [
    "Batch",
    "Listing",
    "LogWanted",
    "Start",
    "asked_to_check",
    "batch_of",
    "flow_changes",
    "flows_listing",
    "log_wanted",
    "new_flow",
    "run_changes",
    "runs_listing",
    "start_of",
]
