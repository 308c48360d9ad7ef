"""All that the page of a record tells of how it was published, as its reader may know it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from apps.access.services import Actor
from apps.accounts.models import User
from apps.publish import services as publish
from apps.publish.models import Submission, Version
from apps.search.types import Record, VisibleEntry
from apps.web.record.published import story
from apps.web.record.published.audience import Audience, audience_of
from apps.web.record.published.editions import Line, day_of, lines_of
from apps.web.record.published.files import Files, files_of
from apps.web.record.published.story import Story
from apps.web.who import names_known_to

State = Submission.State


@dataclass(frozen=True, slots=True)
class Acts:
    """Where each is done; "" for who may not, or where it cannot be done now."""

    revise_url: str = ""
    draft_url: str = ""
    withdraw_url: str = ""
    request_url: str = ""
    sign_in: bool = False


@dataclass(frozen=True, slots=True)
class Publication:
    """``audience`` and ``story`` are for those who see its history; others are told the form and the day."""

    form: str
    day: str
    editions: tuple[Line, ...]
    newer: Line | None
    files: Files
    audience: Audience | None
    story: Story | None
    acts: Acts


def publication_of(version: Version, *, reader: Actor, sees_main: bool, now: datetime) -> Publication:
    versions = publish.versions_of(version.submission, actor=reader)
    editions = lines_of(versions, version)
    files = files_of(version, reader=reader, tells_of_others=sees_main)
    history = publish.history_of(version, actor=reader)
    is_newest = versions[:1] == [version]
    return Publication(
        form=version.submission.form.title,
        day=day_of(version),
        editions=editions,
        newer=None if is_newest else next(iter(editions), None),
        files=files,
        audience=audience_of(version, names=_names(version, reader), now=now) if history else None,
        story=story.told(history, reader=reader) if history else None,
        acts=_acts(version, files, reader=reader, is_newest=is_newest),
    )


def _names(version: Version, reader: Actor) -> dict[str, str]:
    principals = tuple(one for part in version.parts for one in (*part.visible_to, *part.opens_to))
    return names_known_to(reader, [Record(version.subject, (VisibleEntry("", "{}", visible_to=principals),))])


def _acts(version: Version, files: Files, *, reader: Actor, is_newest: bool) -> Acts:
    """What changes the record stands at its newest version alone."""
    submission, number = version.submission, version.number
    is_published = is_newest and submission.state == State.PUBLISHED
    edits = is_newest and publish.may_submission(reader, "editor", submission)
    return Acts(
        revise_url=_url("revise", submission) if edits and is_published else "",
        draft_url=draft_url(submission) if edits and submission.state == State.DRAFT else "",
        withdraw_url=_url("withdraw", submission) if is_published and publish.may_withdraw(reader, submission) else "",
        request_url=reverse("web:records:request", args=[submission.pk, number]) if files.refused else "",
        sign_in=not isinstance(reader, User),
    )


def draft_url(submission: Submission) -> str:
    return reverse("web:drafts:draft", args=[submission.pk])


def _url(name: str, submission: Submission) -> str:
    return reverse(f"web:records:{name}", args=[submission.pk])
