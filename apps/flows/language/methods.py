"""Methods of values that expressions may call: those of Python's that change nothing and reach nothing else."""

from __future__ import annotations

from typing import Any

from apps.flows.language.failures import ErrorName, StateFailure
from apps.flows.language.meter import PER_VALUE, Meter

MAX_WIDTH = 1_000  # of a padded text

_OF_STRINGS = """
    capitalize casefold center count endswith expandtabs find index isalnum isalpha isascii isdecimal isdigit islower
    isnumeric isspace istitle isupper join ljust lower lstrip partition removeprefix removesuffix replace rfind rindex
    rjust rpartition rsplit rstrip split splitlines startswith strip swapcase title upper zfill
"""
METHODS: dict[type, frozenset[str]] = {
    str: frozenset(_OF_STRINGS.split()),
    list: frozenset({"count", "index"}),
    tuple: frozenset({"count", "index"}),
    dict: frozenset({"get", "items", "keys", "values"}),
}
"""``format``, ``encode`` and ``translate`` are not among them: they reach beyond values of JSON."""

_NAMES = {str: "string", list: "list", tuple: "list", dict: "object", int: "number", float: "number"}


def call_method(value: Any, method: str, arguments: list[Any], meter: Meter) -> Any:
    """Call a method of a value, if it has it, and pay for what it makes before and after."""
    if method not in METHODS.get(type(value), ()):
        raise StateFailure(ErrorName.RUNTIME, f"A {_NAMES.get(type(value), 'value')} has no method `{method}`.")
    if isinstance(value, dict):
        return _of_object(value, method, arguments, meter)
    meter.weigh(value)  # lists compare what they hold
    if isinstance(value, str):
        meter.spend(_growth(value, method, arguments))
    made = getattr(value, method)(*arguments)
    meter.weigh(made)
    return made


def _of_object(members: dict[str, Any], method: str, arguments: list[Any], meter: Meter) -> Any:
    """What is there already is not paid for again: one may ask a large object for each item of a list."""
    made = getattr(members, method)(*arguments)
    if method == "get":
        return made
    meter.spend(PER_VALUE * len(members))
    return list(made)


def _growth(text: str, method: str, arguments: list[Any]) -> int:
    """At least the length by which a method makes a text longer."""
    if method in ("center", "ljust", "rjust", "zfill", "expandtabs"):
        width = arguments[0] if arguments and isinstance(arguments[0], int) else 8
        if width > MAX_WIDTH:
            raise StateFailure(ErrorName.RUNTIME, f"A text is padded to at most {MAX_WIDTH} characters.")
        return max(0, width) * (text.count("\t") + 1)
    if method == "replace" and len(arguments) >= 2 and all(isinstance(each, str) for each in arguments[:2]):
        return (text.count(arguments[0]) + 1) * len(arguments[1])
    if method == "join" and arguments:
        return sum(len(each) + len(text) for each in arguments[0] if isinstance(each, str))
    return 0
