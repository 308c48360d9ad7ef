from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from apps.accounts import services
from apps.accounts.management import people
from apps.accounts.models import Group
from apps.common.commands import JsonCommand
from apps.common.errors import Invalid

LONGEST_NAME = Group._meta.get_field("name").max_length or 0


class Command(JsonCommand):
    help = "Make a group, whose first admin is its owner, and print it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name")
        parser.add_argument("--owner", required=True, help="username of its first admin")
        parser.add_argument("--description", default="", help="what it is for")

    def answer(self, *, name: str, owner: str, description: str, **options: Any) -> dict[str, Any]:
        if not 1 <= len(name) <= LONGEST_NAME:
            raise Invalid(f"A name has 1 to {LONGEST_NAME} characters.", place="name")
        first = people.identity(owner)
        group = services.make_group(owner=people.person(owner), name=name, description=description)
        return {"id": str(group.pk), "name": group.name, "owner": first.username}
