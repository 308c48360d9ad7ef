"""Documents, read strictly: what is not known, or is of another type, is a fault and no guess."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from apps.common.places import pointer_to
from apps.publish.errors import Unprocessable
from apps.publish.forms.fields import Content
from apps.publish.types import Fault


class Document(serializers.Serializer[Any]):
    """A JSON object without members that nobody knows of: they would be taken for heard."""

    def to_internal_value(self, data: Any) -> Any:  # Any: JSON
        found, faults = {}, {}
        try:
            found = super().to_internal_value(data)
        except ValidationError as error:
            faults = dict(error.detail) if isinstance(error.detail, dict) else {}
        if isinstance(data, Mapping):
            faults |= {name: ["There is no such member."] for name in data if name not in self.fields}
        if faults:
            raise ValidationError(faults)
        return found


def read(kind: type[Document], told: Any) -> dict[str, Any]:  # Any: JSON
    """
    Raises:
        Unprocessable: with all faults.
    """
    document = kind(data=told)
    if not document.is_valid():
        raise Unprocessable(list(_faults(document.errors)))
    found: dict[str, Any] = document.validated_data
    return found


def read_whole(told: Any) -> dict[str, Any]:  # Any: JSON
    """A JSON object, whatever is in it.

    Raises:
        Unprocessable: it is none, or cannot be kept.
    """
    try:
        found: dict[str, Any] = Content().run_validation(told)
    except ValidationError as error:
        raise Unprocessable(list(_faults(error.detail))) from error
    return found


def _faults(detail: Any, pointer: str = "") -> Iterator[Fault]:
    """REST framework tells faults of a list by index, or as a list with one for each item."""
    if isinstance(detail, Mapping):
        for key, one in detail.items():
            is_whole = key == "non_field_errors"
            yield from _faults(one, pointer if is_whole else pointer_to(pointer, key))
    elif isinstance(detail, list):
        for at, one in enumerate(detail):
            yield from [Fault(pointer, str(one))] if isinstance(one, str) else _faults(one, pointer_to(pointer, at))
    else:
        yield Fault(pointer, str(detail))
