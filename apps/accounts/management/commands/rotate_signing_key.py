"""``manage.py rotate_signing_key``"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from apps.accounts.services import keys


class Command(BaseCommand):
    help = "Sign identity tokens with a new key from now on. The one before it is published for 30 days more."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(keys.rotate(now=timezone.now()).pk)
