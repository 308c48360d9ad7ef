"""States, spans and instants as people read them."""

from __future__ import annotations

from urllib.parse import urlsplit

from apps.flows import services as flows
from apps.flows.language.definition import Action, Map, Parallel, State

_TYPES = {"ExpressionEval": "Expression", "Wait": "Wait", "Succeed": "Success", "Fail": "Failure"}


def kind_of(state: State) -> str:
    """Its type, and what it does if it does something."""
    match state:
        case Action():
            return f"Action: {action_name(state.url)}"
        case Parallel():
            return f"Parallel: {len(state.branches)} branches"
        case Map():
            return "Map: for each item"
    return _TYPES.get(state.type, state.type)


def action_name(url: str) -> str:
    """``/api/actions/hello_world/`` and ``https://actions.globus.org/hello_world/run`` are "hello world"."""
    if flows.flow_at(url) is not None:
        return "another flow"
    parts = [part for part in urlsplit(url).path.split("/") if part and part not in {"run", "actions", "api"}]
    host = urlsplit(url).hostname or ""
    return " ".join(parts[-2:]).replace("_", " ") or host.partition(".")[0] or url or "nothing"
