from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from apps.accounts import services
from apps.accounts.management import people
from apps.accounts.models import Membership
from apps.common.commands import JsonCommand


class Command(JsonCommand):
    help = "Make somebody a member of a group, and print the membership."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("group", help="its id, or its name if one alone has it")
        parser.add_argument("user", help="username of the new member")
        parser.add_argument("--role", choices=Membership.Role.values, default=Membership.Role.MEMBER.value)
        parser.add_argument("--by", required=True, help="username of who does it: an admin or manager of the group")

    def answer(self, *, group: str, user: str, role: str, by: str, **options: Any) -> dict[str, Any]:
        meant, identity, actor = people.group(group), people.identity(user), people.person(by)
        services.add_member(group=meant, identity=identity, actor=actor, role=role)
        return {"group": str(meant.pk), "name": meant.name, "username": identity.username, "role": role}
