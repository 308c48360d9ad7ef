"""``manage.py create_application NAME --owner USER --type service|confidential|native [--redirect-uri URI …]``"""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.accounts.models import Application, User
from apps.accounts.services import applications
from apps.common.errors import PortalError


class Command(BaseCommand):
    help = "Make an application and print its client_id and client_secret as JSON. The secret is shown this once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name")
        parser.add_argument("--owner", required=True, help="the username of whoever answers for it")
        parser.add_argument("--type", required=True, choices=Application.Kind.values)
        parser.add_argument("--redirect-uri", action="append", default=[], help="where people may be sent back to")
        parser.add_argument("--scope", action="append", default=[], help="the suffix of a scope that it accepts")

    def handle(self, *args: Any, **options: Any) -> None:
        owner = User.objects.filter(username__iexact=options["owner"], is_active=True, is_program=False).first()
        if owner is None:
            raise CommandError(f"Nobody here is called {options['owner']!r}. Make the person first.")
        try:
            made, secret = applications.make_application(
                owner=owner,
                name=options["name"],
                kind=options["type"],
                redirect_uris=options["redirect_uri"],
                scopes=options["scope"],
            )
        except PortalError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(json.dumps({"client_id": str(made.pk), "client_secret": secret}))
