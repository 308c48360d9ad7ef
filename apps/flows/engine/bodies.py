"""Whether the body of an action is what its provider takes."""

from __future__ import annotations

from functools import cache
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from apps.common.errors import Invalid
from apps.flows.actions import Provider, provider_named


def require_valid(provider: Provider, body: Any) -> None:
    """
    Raises:
        Invalid: it is not; the message says where, and what is expected there.
    """
    validator = _validator(provider.name) if provider_named(provider.name) is provider else None
    error = best_match(validator.iter_errors(body)) if validator else None
    if error is not None:
        place = ".".join(map(str, error.absolute_path)) or "body"
        raise Invalid(f"{error.message[:300]}.", place=place)


@cache
def _validator(name: str) -> Draft202012Validator:
    provider = provider_named(name)
    assert provider is not None
    return Draft202012Validator(dict(provider.input_schema))
