"""A column that holds any JSON value, as text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.db import models

from apps.common import quick_json

if TYPE_CHECKING:
    _Text = models.TextField[Any, Any]  # the type of its values
else:
    _Text = models.TextField


class JsonText(_Text):
    """Keeps a JSON value as it is: the order of keys, long numbers, and signs that PostgreSQL's own JSON refuses.

    Nothing can be asked of it in a query. NaN and infinities are written as Python does.
    """

    _pyi_private_set_type: Any  # what django-stubs asks for the type of values
    _pyi_private_get_type: Any

    def from_db_value(self, value: str | None, *_: object) -> Any:  # Any: JSON
        return None if value is None else quick_json.loads(value)

    def to_python(self, value: Any) -> Any:
        return value

    def get_prep_value(self, value: Any) -> str | None:
        return None if value is None else quick_json.text(value)

    def value_to_string(self, obj: models.Model) -> str:
        return json.dumps(self.value_from_object(obj))
