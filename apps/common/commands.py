"""Commands that answer in JSON, so that scripts can go on with what they made."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.common.errors import PortalError


class JsonCommand(BaseCommand):
    """``answer`` does the work. What goes wrong is told on standard error, with exit code 1, and nothing is printed."""

    def answer(self, *_: Any, **options: Any) -> dict[str, Any]:
        raise NotImplementedError

    def handle(self, *_: Any, **options: Any) -> None:
        try:
            told = self.answer(**options)
        except PortalError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(json.dumps(told, indent=2))
