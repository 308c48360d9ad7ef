"""Drafts: begun, saved, shared, copied, thrown away."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from apps.access import services as access
from apps.access.services import Actor, Roles
from apps.accounts.models import User
from apps.common import places
from apps.common.errors import Invalid
from apps.publish import document as documents
from apps.publish.engine import judging, planning
from apps.publish.engine.plans import Plan
from apps.publish.errors import DraftChanged, FormClosed, NoSuchSubmission, WrongState
from apps.publish.models import Event, Form, Submission
from apps.publish.services.access import may_submission, require_form, require_submission, reviews
from apps.publish.services.looking import require_readable
from apps.publish.types import Chosen, Fault, FormDocument, Wanted

MOST_CONTENT = 2 << 20
MOST_CHOSEN = 1_000
DEEPEST = 60
"""So deep may content be nested: what reads it again could fail beyond that."""
State = Submission.State


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftChanges:
    """What is said of a draft; None is not said. ``typed`` and ``proposed`` are by JSON pointer."""

    content: Mapping[str, Any] | None = None
    typed: Mapping[str, str] | None = None
    proposed: Mapping[str, Any] | None = None
    files: Sequence[Chosen] | None = None
    wanted: Wanted | None = None
    note: str | None = None


def begin_draft(*, form: Form, actor: User, told: DraftChanges | None = None) -> Submission:
    """A new draft of the actor.

    Raises:
        FormClosed: it takes none now.
        NotAllowed: the actor may not publish with it.
    """
    require_form(actor, "submitter", form)
    if not form.is_open:
        raise FormClosed
    require_readable(told.files if told and told.files else (), actor)
    assert form.version is not None  # every form has one
    now, urn = timezone.now(), access.principal_of(actor)
    document = documents.read(form.version.document)
    draft = Submission(form=form, form_version=form.version, author=actor, author_urn=urn)
    draft.created_at = draft.saved_at = now
    draft.saved_by = urn
    draft.wanted_json = Wanted(choice=document.choices[0].name).as_json()
    _change(draft, told or DraftChanges(), document)
    with transaction.atomic():
        draft.save(force_insert=True)
        access.found(draft.resource, {"author": [urn]})
        Event.objects.create(submission=draft, kind=Event.Kind.BEGUN, number=1, at=now, by=urn)
    return draft


def save_draft(*, submission: Submission, actor: User, revision: int, told: DraftChanges) -> Submission:
    """Keep what is said, valid or not. ``revision`` is the one that the actor saw.

    Raises:
        DraftChanged: somebody saved another one since.
        WrongState: it was sent in.
        Invalid: it is too much, or the actor may not read a file that is new among those chosen.
    """
    require_submission(actor, "editor", submission)
    known = submission.files
    require_readable([one for one in told.files or () if one not in known], actor)
    with transaction.atomic():
        held = locked(submission)
        require_state(held, State.DRAFT, revision=revision)
        _change(held, told, documents.read(held.document))
        held.revision += 1
        held.saved_at, held.saved_by = timezone.now(), access.principal_of(actor)
        held.save()
    return held


def share_submission(*, submission: Submission, actor: User, roles: Roles) -> None:
    """Let exactly these be its editors and viewers. For its author."""
    require_submission(actor, "author", submission)
    if not set(roles) <= {"editor", "viewer"}:
        raise Invalid("A submission is shared with editors and viewers.", place="roles")
    with transaction.atomic():
        access.give_roles(submission.resource, roles, actor)


def copy_submission(*, submission: Submission, actor: User) -> Submission:
    """A new draft of the actor, by the form as it is now, with what is filled in here; without its files."""
    require_submission(actor, "viewer", submission)
    told = DraftChanges(content=submission.content, typed=submission.typed, wanted=submission.wanted)
    return begin_draft(form=submission.form, actor=actor, told=told)


def delete_draft(*, submission: Submission, actor: User) -> Submission | None:
    """Throw a draft away: what was published before stays as it is, and is what is left. For its author.

    Raises:
        WrongState: it was sent in.
    """
    require_submission(actor, "author", submission)
    with transaction.atomic():
        held = locked(submission)
        require_state(held, State.DRAFT)
        newest = held.versions.first()
        if newest is None:
            access.withdraw_all(held.resource, actor=actor)
            held.delete()
            return None
        held.state, held.number, held.name = State.PUBLISHED, newest.number, newest.name
        held.content, held.typed, held.proposed = newest.content, {}, {}
        held.form_version, held.run_id, held.trouble = newest.form_version, newest.run_id, ""
        held.revision += 1
        held.save()
    return held


def get_submission(submission_id: UUID, *, actor: Actor) -> Submission:
    """
    Raises:
        NoSuchSubmission: there is none, or the actor may not see it.
    """
    rows = Submission.objects.select_related("form", "form__publisher", "form_version", "author")
    found = rows.filter(pk=submission_id).first()
    if found is None or not may_submission(actor, "viewer", found):
        raise NoSuchSubmission
    return found


def faults_of(submission: Submission) -> list[Fault]:
    """All that keeps it from being sent in."""
    return judging.faults_in(submission, documents.read(submission.document), timezone.now())


def plan_of(submission: Submission, *, actor: Actor) -> Plan:
    """What will happen when it is published, as things stand. For editors, and reviewers who were sent it."""
    require_submission(actor, "viewer" if reviews(actor, submission) else "editor", submission)
    return planned(submission)


def planned(submission: Submission) -> Plan:
    """The plan as things stand; its faults are all that keeps it from being done, those of what is filled in first."""
    document, now = documents.read(submission.document), timezone.now()
    plan = planning.plan_for(submission, document, now)
    return replace(plan, faults=(*judging.faults_in(submission, document, now), *plan.faults))


def locked(submission: Submission) -> Submission:
    """The row as it is now, held until the transaction ends.

    Raises:
        NoSuchSubmission: it was thrown away meanwhile.
    """
    rows = Submission.objects.select_for_update(of=("self",)).select_related("form", "form__publisher", "form_version")
    found = rows.filter(pk=submission.pk).first()
    if found is None:
        raise NoSuchSubmission
    return found


def require_state(submission: Submission, wanted: str, *, revision: int | None = None) -> None:
    """
    Raises:
        WrongState: it is in another one.
        DraftChanged: somebody saved another revision since.
    """
    if submission.state != wanted:
        told = submission.get_state_display().lower()
        raise WrongState(f"This cannot be done now. The submission is: {told}.")
    if revision is not None and submission.revision != revision:
        raise DraftChanged(details={"revision": submission.revision, "saved_by": submission.saved_by})


def _change(draft: Submission, told: DraftChanges, document: FormDocument) -> None:
    for name in ("content", "typed", "proposed", "note"):
        value = getattr(told, name)
        if value is not None:
            setattr(draft, name, value)
    _require_keepable(draft)
    draft.proposed = {
        pointer: one for pointer, one in draft.proposed.items() if places.at(draft.content, pointer) == one["value"]
    }
    if told.files is not None:
        if len(told.files) > MOST_CHOSEN:
            raise Invalid(f"Choose at most {MOST_CHOSEN:,} files and folders. Choose a folder instead.", place="files")
        draft.files_json = [one.as_json() for one in told.files]
    if told.wanted is not None:
        draft.wanted_json = told.wanted.as_json()
    draft.name = planning.name_of(draft, document).replace("\0", "")  # PostgreSQL keeps none


def _require_keepable(draft: Submission) -> None:
    """
    Raises:
        Invalid: it is too much or too deep, or there are halves of signs in it, which no page can show.
    """
    if places.is_deeper(draft.content, DEEPEST):
        raise Invalid(f"It is nested deeper than {DEEPEST} levels. Put what is so deep into a file.", place="content")
    text = json.dumps([draft.content, draft.typed, draft.note], separators=(",", ":"), ensure_ascii=False)
    try:
        size = len(text.encode())
    except UnicodeEncodeError as error:
        raise Invalid(
            f"There is something that is no text near “{text[max(error.start - 40, 0) : error.start]}”."
        ) from error
    if size > MOST_CONTENT:
        raise Invalid("That is more than a form may hold: at most 2 MiB. Put the rest into a file.", place="content")
