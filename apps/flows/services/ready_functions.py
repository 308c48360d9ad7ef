"""The functions that the ready-made flows compute with: run by everybody who is signed in, as the flows are."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.db import transaction

from apps.access.types import ALL_AUTHENTICATED
from apps.accounts import services as accounts
from apps.flows.models import Function
from apps.flows.services.ready_made import FOLDER
from apps.flows.services.registering import Limited, Registration, checked, registered


def install_functions() -> list[tuple[Function, str]]:
    """Register what is not there, and bring what is there to this release; each with what was done.

    What is the same already is left alone. One that an administrator switched off stays off, and so does what they
    said of who may run it.
    """
    return [_installed(told) for told in _ready_made()]


def _ready_made() -> Iterator[Registration]:
    for file in sorted((FOLDER / "functions").glob("*.json")):
        told = json.loads(file.read_text(encoding="utf-8"))
        yield Registration(
            name=file.stem, may_run=[ALL_AUTHENTICATED], **told | {"limits": Limited(**told.get("limits", {}))}
        )


@transaction.atomic
def _installed(told: Registration) -> tuple[Function, str]:
    known = Function.objects.filter(name=told.name).first()
    if known is None:
        return registered(actor=accounts.portal(), told=told), "installed"
    if all(getattr(known, name) == value for name, value in _released(told).items()):
        return known, "left alone"
    kept = {"is_enabled": known.is_enabled, "may_run": known.may_run}
    made = registered(actor=accounts.portal(), told=told)
    Function.objects.filter(pk=made.pk).update(**kept)
    return made, "updated"


def _released(told: Registration) -> dict[str, Any]:
    return {name: value for name, value in checked(told).items() if name != "may_run"}
