"""Who may be named in ``visible_to`` and in principal sets."""

from __future__ import annotations

from apps.access.errors import InvalidPrincipal
from apps.access.types import parse_principal
from apps.search.forms.limits import MAX_PRINCIPAL_SETS, MAX_PRINCIPALS
from apps.search.forms.problems import shown
from apps.search.forms.reading import Value, fault_of
from apps.search.types import ALL_AUTHENTICATED, PUBLIC

_HELP = f'write "{PUBLIC}", "{ALL_AUTHENTICATED}", urn:globus:auth:identity:<uuid> or urn:globus:groups:id:<uuid>'
MAX_NAME = 100


def principals(value: Value) -> tuple[str, ...]:
    """The principals of a list, each once, UUIDs in lower case. An empty list is nobody."""
    read = (principal(each.required()) for each in value.items(MAX_PRINCIPALS))
    return tuple(dict.fromkeys(one for one in read if one))


def principal_sets(value: Value) -> dict[str, tuple[str, ...]]:
    """Names, and who is in each set."""
    sets = value.fields()
    if len(sets.raw) > MAX_PRINCIPAL_SETS:
        value.wrong(f"must hold at most {MAX_PRINCIPAL_SETS} sets")
        return {}
    read = {}
    for each in sets:
        name = each.place[-1]
        fault = fault_of(name, MAX_NAME) or ("" if name else "a set must have a name")
        if fault:
            each.wrong(fault)
        read[name] = principals(each.required())
    return read


def principal(value: Value) -> str:
    """One principal in its one spelling; empty where there is none."""
    text = value.text()
    if not value.is_given or not isinstance(value.raw, str):
        return ""
    try:
        return str(parse_principal(text))
    except InvalidPrincipal:
        value.wrong(f'"{shown(value.raw)}" is no principal: {_HELP}')
        return ""
