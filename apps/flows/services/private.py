"""What of a definition only those see who administer the flow."""

from __future__ import annotations

from typing import Any

NAMES = "__Private_Parameters"


def shown_definition(value: Any) -> Any:
    """A definition, or a part of it, without the parameters that it calls private. Which ones these are stays, so that
    a reader sees that something is left out. (``Any``: JSON)"""
    if isinstance(value, list):
        return [shown_definition(item) for item in value]
    if not isinstance(value, dict):
        return value
    told = value.get(NAMES)
    names = {name for name in told if isinstance(name, str)} if isinstance(told, list) else set()
    return {key: shown_definition(member) for key, member in value.items() if not _is_named(key, names)}


def _is_named(key: str, names: set[str]) -> bool:
    """Names may be written with or without the ending that says how their value is found."""
    return key in names or (key[-2:] in {".$", ".="} and key[:-2] in names)
