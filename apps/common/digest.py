"""Long texts in constraints of the database."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.db import models


def digest_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()


class Digest(models.CharField):  # type: ignore[type-arg]  # only its stub takes type arguments
    """Stands for the text in another column (``of``) where rows are held apart or looked up by it.

    PostgreSQL refuses rows of an index above 2,704 bytes. A column and no function in the index: of Django's, SHA256
    cannot stand in an index there, and texts of equal MD5 can be made.
    """

    def __init__(self, *, of: str, **options: Any) -> None:
        self.of = of
        super().__init__(**{**options, "max_length": 64, "editable": False})

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        return name, path, args, {**options, "of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: ARG002  # Django's call
        found = digest_of(getattr(model_instance, self.of))
        setattr(model_instance, self.attname, found)
        return found
