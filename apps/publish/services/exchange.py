"""Forms taken elsewhere and brought in, and copied: as one JSON document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from apps.access import services as access
from apps.access.services import Actor
from apps.accounts.models import User
from apps.common.errors import Invalid, NotAllowed
from apps.publish import document as documents
from apps.publish.errors import InvalidForm, NoSuchForm
from apps.publish.models import Form
from apps.publish.services.access import may_form
from apps.publish.services.forms import FormChanges, create_form, find_forms, free_slug
from apps.publish.services.standing import standing_faults
from apps.publish.types import FORM_ROLES

_GIVEN = tuple(role for role in FORM_ROLES if role != "owner")
_OF_A_PORTAL = ("index", "collection", "flow")
"""What a document names by the ids of one portal."""


def may_copy(actor: Actor, form: Form) -> bool:
    """Whether the actor may read the form's document. What it names of indexes, folders and groups is for its
    administrators; one that came with the portal and names nothing yet is for all who see it."""
    return may_form(actor, "viewer" if _is_blank(form) else "administrator", form)


def forms_to_copy(actor: Actor) -> list[Form]:
    """Those that came with the portal, that the actor sees, and that name nothing yet."""
    return [form for form in find_forms(actor=actor).exclude(builtin="") if _is_blank(form)]


def _is_blank(form: Form) -> bool:
    assert form.version is not None  # every form has one
    return bool(form.builtin) and not any(form.version.document.get(name) for name in _OF_A_PORTAL)


def export_form(form: Form, *, actor: Actor) -> dict[str, Any]:
    """The form as ``import_form`` takes it; with who has which role, for its administrators.

    Raises:
        NoSuchForm: the actor may not see it.
        NotAllowed: they may not read its document.
    """
    if not may_copy(actor, form):
        if not may_form(actor, "viewer", form):
            raise NoSuchForm
        raise NotAllowed("You may not read what this form is made of. Ask those who administer it.")
    assert form.version is not None  # every form has one
    told = {"slug": form.slug, "title": form.title, "document": form.version.document}
    if may_form(actor, "administrator", form):
        held = access.principals_with(form.resource)
        told["roles"] = {role: held[role] for role in _GIVEN if role in held}
    return told


def import_form(told: Any, *, actor: User) -> Form:
    """A new form of the actor, closed. A document alone will do.

    Index, collection and flow are left out if the actor may not publish to them here, as in a portal where they are
    not. A slug that is taken is followed by a number.

    Raises:
        Invalid: it is no form at all.
        InvalidForm: with all faults of its document.
    """
    if not isinstance(told, Mapping):
        raise Invalid("This is no form. Import what a form's page exported.")
    document, slug, roles = told.get("document", told), told.get("slug"), told.get("roles", {})
    if not isinstance(document, Mapping) or not isinstance(slug, str | None) or not _are_roles(roles):
        raise Invalid("This is no form. It has a `document`, and may have a `slug` and `roles`.")
    if faults := documents.faults_in(document):
        raise InvalidForm(faults)
    strange = {fault.pointer.removeprefix("/") for fault in standing_faults(document, actor)} & set(_OF_A_PORTAL)
    kept = {name: value for name, value in document.items() if name not in strange}
    changes = FormChanges(document=kept, slug=free_slug(slug or kept["title"]), roles=roles, note="Imported")
    return create_form(actor=actor, told=changes)


def _are_roles(roles: Any) -> bool:
    return (
        isinstance(roles, Mapping)
        and set(roles) <= set(_GIVEN)
        and all(
            isinstance(principals, list) and all(isinstance(one, str) for one in principals)
            for principals in roles.values()
        )
    )
