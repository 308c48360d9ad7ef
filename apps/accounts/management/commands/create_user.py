from __future__ import annotations

import secrets
import sys
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import CommandParser

from apps.accounts import services
from apps.common.commands import JsonCommand
from apps.common.errors import Invalid


class Command(JsonCommand):
    help = (
        "Make a person and print their identity. Without a password they sign in after they reset it by e-mail. "
        "A generated password is printed this once."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--email", default="", help="where the portal writes to them")
        parser.add_argument("--name", default="", help="what they are called")
        parser.add_argument("--admin", action="store_true", help="they may do everything here")
        password = parser.add_mutually_exclusive_group()
        password.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
        password.add_argument("--generate-password", action="store_true", help="make one and print it")

    def answer(self, **options: Any) -> dict[str, Any]:
        password = _password(options)
        user = services.make_user(
            username=options["username"],
            password=password,
            email=options["email"],
            name=options["name"],
            is_admin=options["admin"],
        )
        identity = services.known_by(user)
        told = {"id": str(identity.pk), "username": identity.username, "is_admin": user.is_superuser}
        return told | ({"password": password} if options["generate_password"] else {})


def _password(options: dict[str, Any]) -> str | None:
    if options["generate_password"]:
        return secrets.token_urlsafe(12)
    if not options["password_stdin"]:
        return None
    password = sys.stdin.readline().rstrip("\n")
    try:
        validate_password(password)
    except ValidationError as error:
        raise Invalid(" ".join(error.messages), place="password") from error
    return password
