"""Kinds of members of documents that REST framework reads too kindly, or does not know."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.access.errors import InvalidPrincipal
from apps.access.types import parse_principal
from apps.storage.errors import IllegalPath
from apps.storage.types import FilePath

DEEPEST = 60
"""So deep may JSON be nested that is kept; beyond that what reads it again could fail."""


class Text(serializers.CharField):
    """A string as it was sent; a number is none."""

    def __init__(self, **said: Any) -> None:
        super().__init__(**{"trim_whitespace": False, "allow_blank": True, **said})

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            raise serializers.ValidationError("Write a string.")
        return super().to_internal_value(data)


class Count(serializers.IntegerField):
    """A whole number; neither a string nor ``true``."""

    def __init__(self, **said: Any) -> None:
        super().__init__(**{"min_value": 1, "max_value": 2**31 - 1, **said})

    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, bool) or not isinstance(data, int):
            raise serializers.ValidationError("Write a whole number.")
        return super().to_internal_value(data)


class Flag(serializers.BooleanField):
    """``true`` or ``false``; a word or a number is neither."""

    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            raise serializers.ValidationError("Write true or false.")
        return data


class Instant(serializers.DateTimeField):
    """A moment with its offset: without one nobody knows which it is."""

    def to_internal_value(self, value: Any) -> datetime:
        try:
            told = datetime.fromisoformat(value if isinstance(value, str) else "")
        except ValueError:
            told = None
        if told is None or told.tzinfo is None:
            raise serializers.ValidationError("Write a moment with its offset, such as 2027-01-31T12:00:00Z.")
        return told


@extend_schema_field(OpenApiTypes.OBJECT)
class Content(serializers.Field[Any, Any, Any, Any]):
    """An object with anything in it that can be kept."""

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, dict):
            raise serializers.ValidationError("Write a JSON object.")
        _require_kept(data)
        return data

    def to_representation(self, value: Any) -> Any:
        return value


class Pointer(Text):
    """A JSON pointer."""

    def to_internal_value(self, data: Any) -> str:
        told = super().to_internal_value(data)
        if told and not told.startswith("/"):
            raise serializers.ValidationError("This is no JSON pointer. Begin it with a slash.")
        return told


class PrincipalName(Text):
    """A principal, as it is written everywhere."""

    def to_internal_value(self, data: Any) -> str:
        try:
            return str(parse_principal(super().to_internal_value(data)))
        except InvalidPrincipal as error:
            raise serializers.ValidationError(error.message) from error


class Path(Text):
    """The path of a file or folder."""

    def to_internal_value(self, data: Any) -> str:
        told = super().to_internal_value(data)
        try:
            FilePath.parse(told)
        except IllegalPath as error:
            raise serializers.ValidationError(error.message) from error
        return told


def _require_kept(value: Any, depth: int = 0) -> None:
    if depth > DEEPEST:
        raise serializers.ValidationError(f"This is nested deeper than {DEEPEST} levels.")
    if isinstance(value, str):
        _require_text(value)
    elif isinstance(value, float) and not math.isfinite(value):
        raise serializers.ValidationError("There is a number in it that is too large to be kept. Write it as text.")
    elif isinstance(value, Mapping):
        for key, one in value.items():
            _require_text(key)
            _require_kept(one, depth + 1)
    elif isinstance(value, list):
        for one in value:
            _require_kept(one, depth + 1)


def _require_text(text: str) -> None:
    if "\0" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        raise serializers.ValidationError("There is a NUL in it, or half of a surrogate pair. Leave it out.")
