"""Records of the mirror that a form published: rows as a run leaves them; and a draft that is Alice's alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.utils import timezone

from apps.access import services as access
from apps.accounts.models import User
from apps.publish import services
from apps.publish.models import Comment, Form, FormVersion, Submission, Version
from apps.publish.types import Part
from apps.search.models import Index

AT = datetime(2026, 1, 2, tzinfo=UTC)
CHOICE = {"name": "authors", "title": "Authors", "visible_to": ["authors"]}
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
    Form.objects.update(version=None)
    Form.objects.all().delete()


def write(*, author: User, urn: str, word: str) -> dict[str, str]:
    """Let Alice write a draft, with a comment and a link, by a form of hers, which all say the word: their names."""
    form = Form.objects.create(slug="own", title=word, publisher=author, is_open=True, created_at=AT, updated_at=AT)
    document = {"title": word, "description": word, "schema": SCHEMA, "visibility": {"choices": [CHOICE]}}
    form.version = FormVersion.objects.create(form=form, number=1, document=document, created_at=AT, created_by=urn)
    form.save()
    access.found(form.resource, {"owner": [urn]})
    told = {"form": form, "form_version": form.version, "author": author, "author_urn": urn, "name": word}
    draft = Submission.objects.create(
        **told, content={"title": word}, note=word, created_at=AT, saved_at=AT, saved_by=urn
    )
    access.found(draft.resource, {"author": [urn]})
    comment = Comment.objects.create(submission=draft, number=1, pointer="/title", text=word, by=urn, at=AT)
    link, _ = services.make_link(
        submission=draft, actor=author, label=word, expires_at=timezone.now() + timedelta(days=1), now=timezone.now()
    )
    return {"form": form.slug, "draft": str(draft.pk), "comment": str(comment.pk), "link": str(link.pk)}
