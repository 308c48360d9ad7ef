"""How large the state of a run may become."""

from __future__ import annotations

from apps.common import quick_json
from apps.flows.engine.outcomes import Act, End, Fork, Go, Outcome

MOST_BYTES = 5 * 1024 * 1024


def too_large(outcome: Outcome) -> str:
    """A sentence, if what goes on is more than a run may carry; else nothing."""
    match outcome:
        case Go():
            value = outcome.position.data
        case End():
            value = outcome.output
        case Act():
            value = outcome.body
        case Fork():
            value = outcome.items
        case _:
            return ""
    size = quick_json.length(value, above=MOST_BYTES)
    if size <= MOST_BYTES:
        return ""
    return (
        f"The data of the run grew to {size:,} bytes; {MOST_BYTES:,} is the most. "
        "Put large values into files, or leave out what later states do not need (ResultPath, Parameters)."
    )
