"""The forms that come with the portal: closed, until somebody says where they publish to and who may submit."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import transaction

from apps.access.types import ALL_AUTHENTICATED
from apps.accounts import services as accounts
from apps.publish.models import Form
from apps.publish.services.forms import FormChanges, change_form, create_form, free_slug

FOLDER = Path(__file__).resolve().parent.parent / "ready_made"
ROLES = {"viewer": [ALL_AUTHENTICATED]}
"""Everybody who is signed in may look at them and copy them."""


def install_forms() -> list[tuple[Form, str]]:
    """Install what is not there, and bring what nobody changed to this release; each with what was done.

    A form that an administrator set up or changed is theirs, and left alone; one that they deleted stays deleted.
    """
    return [_installed(name, document) for name, document in _ready_made()]


def _ready_made() -> Iterator[tuple[str, dict[str, Any]]]:
    for file in sorted(FOLDER.glob("*.json")):
        yield file.stem, json.loads(file.read_text(encoding="utf-8"))


@transaction.atomic
def _installed(name: str, document: dict[str, Any]) -> tuple[Form, str]:
    form = Form.objects.select_related("version").filter(builtin=name).first()
    if form is None:
        return _new(name, document), "installed"
    assert form.version is not None  # every form has one
    is_ours = form.publisher_id == accounts.portal().pk and form.deleted_at is None
    if not is_ours or form.version.document == document:
        return form, "left alone"
    return change_form(form=form, actor=accounts.portal(), told=FormChanges(document=document)), "updated"


def _new(name: str, document: dict[str, Any]) -> Form:
    told = FormChanges(document=document, slug=free_slug(name.replace("_", "-")), roles=ROLES)
    form = create_form(actor=accounts.portal(), told=told)
    form.builtin = name
    form.save(update_fields=["builtin"])
    return form
