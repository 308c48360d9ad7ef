"""Records of the mirror that a form published: rows as a run leaves them."""

from __future__ import annotations

from datetime import UTC, datetime

from apps.access import services as access
from apps.accounts.models import User
from apps.publish.models import Form, FormVersion, Submission, Version
from apps.publish.types import Part
from apps.search.models import Index

AT = datetime(2026, 1, 2, tzinfo=UTC)
SCHEMA = {"type": "object", "properties": {"title": {"type": "string"}}}


def publish(index: Index, subject: str, name: str, parts: list[Part], *, author: User, urn: str) -> str:
    """Let a record have been published by Alice; the id of its submission."""
    version = _form(author)
    told = {"form": version.form, "form_version": version, "author": author, "author_urn": urn, "name": name}
    submission = Submission.objects.create(**told, state="published", created_at=AT, saved_at=AT, saved_by=urn)
    access.grant(submission.resource, "author", urn, actor=author)
    Version.objects.create(
        submission=submission,
        number=1,
        form_version=version,
        state="published",
        name=name,
        subject=subject,
        index=index,
        parts_json=[part.as_json() for part in parts],
        published_at=AT,
    )
    return str(submission.pk)


def _form(author: User) -> FormVersion:
    told = {"title": "Mirrors", "publisher": author, "created_at": AT, "updated_at": AT}
    form, _ = Form.objects.get_or_create(slug="mirrors", defaults=told)
    document = {"title": "Mirrors", "schema": SCHEMA, "index": "", "collection": ""}
    version, _ = FormVersion.objects.get_or_create(
        form=form, number=1, defaults={"document": document, "created_at": AT, "created_by": ""}
    )
    return version


def unpublish() -> None:
    Submission.objects.all().delete()
