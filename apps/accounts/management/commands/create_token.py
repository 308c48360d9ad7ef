from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from apps.accounts import services
from apps.accounts.models import User

MOST_DAYS = 3650


class Command(BaseCommand):
    help = "Make a personal access token and print it, alone, so that a script can read it. It is not shown again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("user", help="username of the person whom the token acts for")
        parser.add_argument("--name", default="command line", help="where it will be used (%(default)s)")
        parser.add_argument("--days", type=int, default=90, help="days until it ends (%(default)s)")

    def handle(self, *, user: str, name: str, days: int, **options: Any) -> None:
        holder = User.objects.filter(username__iexact=user, is_active=True).first()
        if holder is None:
            raise CommandError(f"There is nobody called {user!r} who may sign in.")
        if not 1 <= days <= MOST_DAYS:
            raise CommandError(f"--days is {days}. Choose 1 to {MOST_DAYS}.")
        if not 1 <= len(name) <= 100:
            raise CommandError("--name has to have 1 to 100 characters.")
        _, secret = services.make_token(user=holder, name=name, expires_at=timezone.now() + timedelta(days=days))
        self.stdout.write(secret)
