"""``manage.py install_forms``: installs the forms that come with the portal, and brings them to this release."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from apps.publish import services as publish


class Command(BaseCommand):
    help = "Installs the ready-made forms, closed, and brings those that nobody changed to this release."

    def handle(self, *_: Any, **options: Any) -> None:
        for form, what in publish.install_forms():
            if options["verbosity"] > 1 or what != "left alone":
                self.stdout.write(f"{form.title}: {what}")
