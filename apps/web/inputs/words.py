"""How questions are spoken of."""

from __future__ import annotations

from apps.flows.models import WebInput


def flow_title(question: WebInput) -> str:
    """The flow whose run asks; "" for an action that somebody began without a flow."""
    run = question.action.run
    return run.flow_title if run is not None else ""
