"""What the value of a field may be that says where something comes from or goes to: paths, templates, expressions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any  # Any: JSON

from apps.flows.language.checking.codes import Code
from apps.flows.language.checking.kinds import is_jsonata, kind_of, thing, wrong
from apps.flows.language.checking.spot import Spot
from apps.flows.language.definition import QueryLanguage
from apps.flows.language.failures import shown
from apps.flows.language.finding import Finding
from apps.flows.language.intrinsics import check_intrinsic
from apps.flows.language.jsonata import check_query
from apps.flows.language.paths import check_path, check_reference_path
from apps.flows.language.templates import bare, check_template

_VARIABLE = re.compile(r"[^\W\d]\w{0,79}")
_RESERVED = "states"  # JSONata's own


def path(value: Any, spot: Spot) -> Iterator[Finding]:
    if not isinstance(value, str):
        yield wrong(spot, "a path such as `$.name`", value)
    elif trouble := check_path(value, spot.dialect):
        yield spot.error(Code.BAD_PATH, trouble)


def path_or_null(value: Any, spot: Spot) -> Iterator[Finding]:
    """Null stands for an empty object."""
    if value is not None:
        yield from path(value, spot)


def target(value: Any, spot: Spot) -> Iterator[Finding]:
    """Where a result is put; null throws it away."""
    if value is None:
        return
    if not isinstance(value, str):
        yield wrong(spot, "a path such as `$.name`", value)
    elif trouble := check_reference_path(value, spot.dialect):
        yield spot.error(Code.BAD_PATH, trouble)


def path_or_function(value: Any, spot: Spot) -> Iterator[Finding]:
    if isinstance(value, str) and not value.startswith("$"):
        if trouble := check_intrinsic(value):
            yield spot.error(Code.BAD_INTRINSIC, trouble)
    else:
        yield from path(value, spot)


def template(value: Any, spot: Spot) -> Iterator[Finding]:
    """Any JSON; in JSONata, with expressions in it."""
    if spot.language is QueryLanguage.JSONATA:
        yield from with_expressions(value, spot)
    else:
        yield from check_template(value, spot.pointer, spot.dialect)


def object_template(value: Any, spot: Spot) -> Iterator[Finding]:
    if isinstance(value, dict):
        yield from template(value, spot)
    else:
        yield from thing(value, spot)


def assignments(value: Any, spot: Spot) -> Iterator[Finding]:
    """What variables are given, by their names."""
    yield from object_template(value, spot)
    for name in value if isinstance(value, dict) else ():
        if not _VARIABLE.fullmatch(bare(name)) or bare(name) == _RESERVED:
            message = f"{shown(bare(name))} is no name of a variable. Use letters, digits and `_`, 80 at most."
            yield spot.within(name).error(Code.BAD_NAME, message)


def items(value: Any, spot: Spot) -> Iterator[Finding]:
    if isinstance(value, list) or is_jsonata(value, spot):
        yield from with_expressions(value, spot)
    else:
        yield spot.error(Code.WRONG_KIND, f"`{spot.name}` must be a list or `{{% … %}}`, not {kind_of(value)}.")


def condition(value: Any, spot: Spot) -> Iterator[Finding]:
    if is_jsonata(value, spot):
        yield from with_expressions(value, spot)
    elif not isinstance(value, bool):
        yield spot.error(Code.WRONG_KIND, f"`{spot.name}` must be `{{% … %}}`, true or false, not {kind_of(value)}.")


def with_expressions(value: Any, spot: Spot) -> Iterator[Finding]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from with_expressions(inner, spot.within(key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from with_expressions(inner, spot.within(number))
    elif isinstance(value, str) and value.startswith("{%") and (trouble := check_query(value)):
        yield spot.error(Code.BAD_JSONATA, trouble)
