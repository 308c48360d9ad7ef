"""JSONata, the other query language of the Amazon States Language: ``"{% $states.input.size * 2 %}"``.

An optional extra (``vitrine[jsonata]``): few definitions speak it. Everything that goes wrong in it, an expression that
gives nothing included, is ``States.QueryEvaluationError``, as the specification has it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from apps.flows.language.failures import ErrorName, StateFailure, shown
from apps.flows.language.meter import Meter

MAX_LENGTH = 10_000
MAX_DEPTH = 64

_BUDGET = 16_000_000
_MISSING = (
    "JSONata is not installed here. Ask the administrator for `pip install 'vitrine[jsonata]'`,"
    " or write this state with `QueryLanguage` JSONPath."
)


def is_query(value: Any) -> bool:
    """Tell whether a value of a definition is an expression: a string between ``{%`` and ``%}``."""
    return isinstance(value, str) and value.startswith("{%") and value.rstrip().endswith("%}") and len(value) >= 4


def check_query(text: str) -> str | None:
    """What is wrong with ``{% … %}``, in a sentence; None if nothing is that can be seen without data."""
    try:
        _compiled(text, Meter(_BUDGET, "", ErrorName.QUERY))
    except StateFailure as failure:
        return failure.cause
    return None


def evaluate(template: Any, variables: Mapping[str, Any]) -> Any:
    """The template with each ``{% … %}`` in it replaced by its value; names of members stay as they are.

    ``variables`` are what ``$name`` is, ``$states`` among them. Raises StateFailure, ``States.QueryEvaluationError``.
    """
    meter = Meter(_BUDGET, "What JSONata makes of the template grows too large", ErrorName.QUERY)
    return _evaluate(template, variables, meter, 0)


def _evaluate(template: Any, variables: Mapping[str, Any], meter: Meter, depth: int) -> Any:
    if depth > MAX_DEPTH:
        raise StateFailure(ErrorName.QUERY, f"A template is nested deeper than {MAX_DEPTH}.")
    if isinstance(template, dict):
        return {key: _evaluate(value, variables, meter, depth + 1) for key, value in template.items()}
    if isinstance(template, list):
        return [_evaluate(value, variables, meter, depth + 1) for value in template]
    if isinstance(template, str) and template.startswith("{%"):
        return _compiled(template, meter).value(variables)
    return template


def _compiled(text: str, meter: Meter) -> Any:  # Any: the library may not be there
    if not is_query(text) or len(text) > MAX_LENGTH:
        cause = f"{shown(text)} is no JSONata: it ends with `%}}`, and has at most {MAX_LENGTH} characters."
        raise StateFailure(ErrorName.QUERY, cause)
    try:
        from apps.flows.language.queried import Queried  # only where it is spoken: the library is an extra
    except ImportError as error:
        raise StateFailure(ErrorName.QUERY, _MISSING) from error
    return Queried(text.rstrip()[2:-2], meter)
