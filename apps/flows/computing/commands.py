"""Templates of commands: ``{name}`` in one stands for the argument of that name, ``{0}`` for the first of a list."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from apps.common.errors import Invalid

_PLACE = re.compile(r"\{(\w+)\}")


def command_of(template: Sequence[str], args: Sequence[Any], kwargs: Mapping[str, Any]) -> list[str]:
    """The command with its arguments. Each stays one argument, and no shell reads them.

    Raises:
        Invalid: an argument is missing, or is none that can stand there: no text or number, or what an option could be
            taken for.
    """
    known = {str(number): value for number, value in enumerate(args)} | dict(kwargs)
    return [_filled(part, known) for part in template]


def _filled(part: str, known: Mapping[str, Any]) -> str:
    def value(found: re.Match[str]) -> str:
        text = _text(found[1], known)
        if found.start() == 0 and text.startswith("-"):
            raise Invalid(f"It begins with “-”, and would be taken for an option: {text[:100]!r}.", place=found[1])
        return text

    return _PLACE.sub(value, part)


def _text(name: str, known: Mapping[str, Any]) -> str:
    if name not in known:
        raise Invalid("It is missing: the command needs it.", place=name)
    value = known[name]
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, str | int | float) or "\0" in str(value):
        raise Invalid("Only a text or a number can stand in a command.", place=name)
    return str(value)
