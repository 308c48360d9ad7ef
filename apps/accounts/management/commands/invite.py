from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.utils import timezone

from apps.accounts import services
from apps.accounts.errors import MailNotSent

MOST_DAYS = 365


class Command(BaseCommand):
    help = "Invite somebody to make an account, and print the link, alone. It works once, and is not shown again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="address of whom you invite")
        parser.add_argument("--days", type=int, default=14, help="days until it ends (%(default)s)")
        parser.add_argument("--send", action="store_true", help="send the link by e-mail too")

    def handle(self, *, email: str, days: int, send: bool, **options: Any) -> None:
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(f"{email!r} is no e-mail address.") from error
        if not 1 <= days <= MOST_DAYS:
            raise CommandError(f"--days is {days}. Choose 1 to {MOST_DAYS}.")
        made, link = services.invite_to_sign_up(email=email, expires_at=timezone.now() + timedelta(days=days))
        self.stdout.write(link)
        if send:
            try:
                services.send_invitation(made, link=link)
            except MailNotSent as error:
                raise CommandError(error.message) from error
