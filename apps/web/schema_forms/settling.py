"""Which fields there are depends on what is filled in, and what is filled in is read by the fields: both, settled."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.protocols import Validator

from apps.web.schema_forms.building import Built, built
from apps.web.schema_forms.fields import ABSENT, Typed
from apps.web.schema_forms.reading import read
from apps.web.schema_forms.spelling import same, spelled

MOST_ROUNDS = 8
"""Parts that depend on parts that depend on parts; a schema may also go in circles, and then stays where it is."""


def settled(schema: Mapping[str, Any], typed: Typed, default: type[Validator] = Draft202012Validator) -> Built:
    """The form for what is typed."""
    found = built(schema, default=default)
    held: Any = ABSENT
    for _ in range(MOST_ROUNDS if found.is_live else 0):
        now = read(found.field, typed).value
        if same(now, held):
            break
        found, held = Built(built(schema, now, default).field, is_live=True), now
    return found


def begun(
    schema: Mapping[str, Any],
    value: Any = ABSENT,
    default: type[Validator] = Draft202012Validator,
    *,
    is_new: bool = False,
) -> dict[str, str]:
    """What is typed where a form begins with a value, or (also beside a value that ``is_new``) with what its schema
    proposes."""
    form = built(schema, value, default)
    typed = spelled(form.field, value, is_new=is_new)
    for _ in range(MOST_ROUNDS if form.is_live else 0):
        again = spelled(settled(schema, typed, default).field, value, is_new=is_new)
        if again == typed:
            break
        typed = again
    return typed
