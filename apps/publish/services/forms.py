"""Forms: made, changed, found, deleted, taken elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import slugify

from apps.access import services as access
from apps.access.services import Actor, Roles
from apps.accounts import services as accounts
from apps.accounts.models import User
from apps.common.errors import Conflict, Invalid
from apps.publish import document as documents
from apps.publish.errors import FormChanged, FormNotSetUp, InvalidForm, NoSuchForm, NoSuchFormVersion
from apps.publish.models import Form, FormVersion
from apps.publish.services.access import may_form, require_form
from apps.publish.services.form_roles import require_suited
from apps.publish.services.standing import standing_faults
from apps.publish.types import FORM_ROLES, Fault, FormDocument

SLUG_LENGTH = 80
RESERVED = frozenset({"drafts", "forms", "import", "new", "review", "reviews", "submissions"})
"""What stands beneath ``/publish/`` in the place of a slug."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormChanges:
    """What is said of a form; None is not said. ``roles`` are principals by role; ``note`` says why it was changed.
    ``after`` is the number of the version that was looked at, if the document is to follow no other one."""

    document: Mapping[str, Any] | None = None
    after: int | None = None
    slug: str | None = None
    is_open: bool | None = None
    note: str = ""
    roles: Roles = field(default_factory=dict)


def check_form(document: Any, *, actor: User) -> list[Fault]:
    """All that is wrong with a document, if this person publishes by it. Anything at all may be asked about."""
    return documents.faults_in(document) or standing_faults(document, actor)


def create_form(*, actor: User, told: FormChanges) -> Form:
    """A new form, which publishes in the actor's name.

    Raises:
        InvalidForm: with all faults; such as that the actor may not write to the index.
        Invalid: the slug is none.
        Conflict: the slug is taken.
        FormNotSetUp: it is to be open, and does not say where it publishes to.
    """
    document = told.document or {}
    _require_right(document, actor)
    require_suited(told.roles)
    _require_slug(told.slug)
    _require_set_up(document, is_open=bool(told.is_open))
    now = timezone.now()
    form = Form(publisher=actor, title=document["title"], created_at=now, updated_at=now)
    form.slug = told.slug or free_slug(form.title)
    form.is_open = bool(told.is_open)
    try:
        with transaction.atomic():
            form.save(force_insert=True)
            form.version = _new_version(form, document, actor, now, told.note)
            form.save(update_fields=["version"])
            access.found(form.resource, {**told.roles, "owner": [access.principal_of(actor)]})
            accounts.record("form.made", kind="form", id=form.pk, name=form.title, actor=actor)
    except IntegrityError as error:
        raise Conflict(f"There is a form at {form.slug!r} already. Choose another one.", place="slug") from error
    return form


def change_form(*, form: Form, actor: User, told: FormChanges) -> Form:
    """Change what is said. Another document makes a new version, and from then on the form publishes in the name of
    who wrote it; what is being filled in goes on with its own. For administrators.

    Raises:
        InvalidForm: with all faults.
        Invalid: a role is not for one of those who are to have it.
        FormChanged: another version was saved since.
        FormNotSetUp: it is to be open, and does not say where it publishes to.
    """
    require_suited(told.roles)
    require_form(actor, "owner" if "owner" in told.roles else "administrator", form)
    now = timezone.now()
    with transaction.atomic():
        held = Form.objects.select_for_update(of=("self",)).select_related("version").get(pk=form.pk)
        assert held.version is not None  # every form has one
        if told.after not in {None, held.version.number}:
            raise FormChanged(details={"version": held.version.number})
        if told.document is not None and told.document != held.version.document:
            _require_right(told.document, actor)
            held.version = _new_version(held, told.document, actor, now, told.note)
            held.title, held.publisher = told.document["title"], actor
        held.is_open = held.is_open if told.is_open is None else told.is_open
        _require_set_up(held.version.document, is_open=held.is_open)
        held.updated_at = now
        held.save()
        access.give_roles(held.resource, told.roles, actor)
        accounts.record("form.changed", kind="form", id=held.pk, name=held.title, actor=actor)
    return held


def delete_form(*, form: Form, actor: User) -> None:
    """Nobody finds it or begins with it any more; what was published by it stays. For administrators."""
    require_form(actor, "administrator", form)
    with transaction.atomic():
        form.deleted_at, form.slug = timezone.now(), f"deleted-{form.pk.hex}"
        form.save(update_fields=["deleted_at", "slug"])
        accounts.record("form.deleted", kind="form", id=form.pk, name=form.title, actor=actor)


def get_form(slug: str, *, actor: Actor) -> Form:
    """By its slug or its id.

    Raises:
        NoSuchForm: there is none, or the actor may not see it.
    """
    forms = Form.objects.select_related("version", "publisher").filter(deleted_at=None)
    form = forms.filter(slug=slug).first() or (forms.filter(pk=UUID(slug)).first() if _is_id(slug) else None)
    if form is None or not may_form(actor, "viewer", form):
        raise NoSuchForm
    return form


def find_forms(*, actor: Actor, role: str = "viewer") -> QuerySet[Form, Form]:
    """Those on which the actor has the role, by title."""
    mine = access.ids_with_role(actor, "form", FORM_ROLES[role])
    return Form.objects.select_related("version").filter(deleted_at=None, pk__in=mine)


def form_versions(form: Form) -> QuerySet[FormVersion, FormVersion]:
    """All of them, the newest first, without their documents."""
    return form.versions.defer("document")


def get_form_version(form: Form, number: int) -> FormVersion:
    """
    Raises:
        NoSuchFormVersion: it has none of this number.
    """
    found = form.versions.filter(number=number).first()
    if found is None:
        raise NoSuchFormVersion
    return found


def document_of(form: Form) -> FormDocument:
    """The form's newest document, read."""
    assert form.version is not None  # every form has one
    return documents.read(form.version.document)


def _require_right(document: Any, actor: User) -> None:
    if faults := check_form(document, actor=actor):
        raise InvalidForm(faults)


def _require_slug(slug: str | None) -> None:
    if slug and (slug in RESERVED or slug != slugify(slug) or len(slug) > SLUG_LENGTH):
        raise Invalid(
            f"A form cannot be at {slug!r}. Write small letters, digits and hyphens, {SLUG_LENGTH} at most.",
            place="slug",
        )


def _require_set_up(document: Mapping[str, Any], *, is_open: bool) -> None:
    needs_files = document.get("files", {}).get("required", False)
    if is_open and not document.get("index"):
        raise FormNotSetUp
    if is_open and needs_files and not document.get("collection"):
        raise FormNotSetUp("The form cannot be opened yet: it does not say where files go. Choose a collection first.")


def _new_version(form: Form, document: Any, actor: User, now: datetime, note: str) -> FormVersion:
    newest = form.versions.first()
    return FormVersion.objects.create(
        form=form,
        number=newest.number + 1 if newest else 1,
        document=document,
        note=note[:200],
        created_at=now,
        created_by=access.principal_of(actor),
    )


def free_slug(title: str) -> str:
    """One that no form has yet."""
    base = slugify(title)[:60] or "form"
    number, slug = 1, base
    while slug in RESERVED or Form.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
