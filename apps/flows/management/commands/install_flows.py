"""``manage.py install_flows``: installs the flows that come with the portal, and brings them to this release."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from apps.flows import services as flows


class Command(BaseCommand):
    help = "Installs the ready-made flows, and brings them to this release. A second call changes nothing."

    def handle(self, *_: Any, **options: Any) -> None:
        done = [(function.name, what) for function, what in flows.install_functions()]
        done += [(flow.title, what) for flow, what in flows.install_flows()]
        for name, what in done:
            if options["verbosity"] > 1 or what != "left alone":
                self.stdout.write(f"{name}: {what}")
