from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from apps.accounts.management import people
from apps.common.commands import JsonCommand
from apps.search import services
from apps.search.errors import NoSuchRole
from apps.search.management import roles
from apps.search.management.commands.grant_role import add_arguments


class Command(JsonCommand):
    help = "Take a role on an index from a person or a group, and print what was taken."

    def add_arguments(self, parser: CommandParser) -> None:
        add_arguments(parser)

    def answer(
        self, *, index: str, role: str, user: str | None, group: str | None, by: str, **options: Any
    ) -> dict[str, Any]:
        found, principal = roles.index(index, by=by), roles.principal(user=user, group=group)
        held = roles.role_id(found, role=role, principal=principal, by=by)
        if held is None:
            raise NoSuchRole(f"{user or group} does not have the role {role} on {found.display_name!r}.")
        services.withdraw_role(index=found, actor=people.identity(by).user, role_id=held)
        return {"id": str(held), "index": str(found.pk), "role": role, "principal": principal}
