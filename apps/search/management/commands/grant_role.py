from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from apps.access.types import LADDER
from apps.accounts.management import people
from apps.common.commands import JsonCommand
from apps.search import services
from apps.search.management import roles


def add_arguments(parser: CommandParser) -> None:
    """What giving and taking have in common."""
    parser.add_argument("index", help="its id, or its name in addresses")
    parser.add_argument("role", choices=LADDER)
    who = parser.add_mutually_exclusive_group(required=True)
    who.add_argument("--user", help="a username")
    who.add_argument("--group", help="a group's id, or its name if one alone has it")
    parser.add_argument("--by", required=True, help="username of who does it: an owner or admin of the index")


class Command(JsonCommand):
    help = "Give a role on an index to a person or a group, and print the role."

    def add_arguments(self, parser: CommandParser) -> None:
        add_arguments(parser)

    def answer(
        self, *, index: str, role: str, user: str | None, group: str | None, by: str, **options: Any
    ) -> dict[str, Any]:
        found, principal = roles.index(index, by=by), roles.principal(user=user, group=group)
        actor = people.identity(by).user
        held = services.grant_role(index=found, actor=actor, role_name=role, principal=principal)
        return {"id": str(held.pk), "index": str(found.pk), "role": role, "principal": principal}
