from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from apps.accounts.management import people
from apps.common.commands import JsonCommand
from apps.common.errors import Invalid
from apps.storage import services as storage
from apps.storage.services.collections import BACKED


class Command(JsonCommand):
    help = "Make a collection, which its owner alone may use until there are access rules, and print it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name")
        parser.add_argument("--owner", required=True, help="username of an administrator of the portal")
        parser.add_argument("--kind", required=True, choices=BACKED)
        parser.add_argument(
            "--setting", action="append", default=[], metavar="NAME=VALUE", help="where the storage is: root=/data"
        )
        parser.add_argument(
            "--credentials", metavar="FILE", help="a JSON object; - is standard input, so that no shell remembers them"
        )
        parser.add_argument("--base-path", default="/", help="what of the storage is the root of the collection")
        parser.add_argument("--description", default="")
        parser.add_argument("--visible-to", action="append", metavar="PRINCIPAL", help="who is told that it exists")
        parser.add_argument(
            "--signed-urls", action="store_true", help="send who may read a large file to the storage itself (s3, gcs)"
        )

    def answer(
        self,
        *,
        name: str,
        owner: str,
        kind: str,
        setting: list[str],
        credentials: str | None,
        base_path: str,
        description: str,
        visible_to: list[str] | None,
        signed_urls: bool,
        **options: Any,
    ) -> dict[str, Any]:
        made = storage.create_collection(
            actor=people.person(owner),
            name=name,
            kind=kind,
            settings=dict(map(_setting, setting)),
            credentials=_credentials(credentials),
            base_path=base_path,
            description=description,
            visible_to=visible_to,
            gives_signed_urls=signed_urls,
        )
        return {"id": str(made.pk), "name": made.name, "kind": made.kind, "settings": made.settings}


def _setting(text: str) -> tuple[str, str | int | bool]:
    """A name and its value: numbers, ``true`` and ``false`` are read as such."""
    name, sign, value = text.partition("=")
    if not sign or not name.isidentifier():
        raise Invalid(f"{text[:100]!r} is no setting. Write NAME=VALUE, such as root=/data.", place="setting")
    if value in {"true", "false"}:
        return name, value == "true"
    return name, int(value) if value.isascii() and value.isdigit() else value


def _credentials(file: str | None) -> dict[str, Any]:
    if file is None:
        return {}
    try:
        told = json.loads(sys.stdin.read() if file == "-" else Path(file).read_text())
    except (OSError, ValueError) as error:
        raise Invalid(f"The credentials cannot be read: {error}.", place="credentials") from error
    if not isinstance(told, dict):
        raise Invalid("Give the credentials as a JSON object.", place="credentials")
    return told
