"""A submission is sent in, taken back, approved, sent back, begun anew; approved, it is published."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from apps.access import services as access
from apps.accounts.models import User
from apps.common.errors import NotAllowed
from apps.publish.engine import publishing
from apps.publish.engine.plans import Plan
from apps.publish.errors import NotReady
from apps.publish.models import Event, Submission
from apps.publish.services.access import principals_with, require_submission, reviews
from apps.publish.services.drafts import locked, planned, require_state

State, Kind = Submission.State, Event.Kind


def submit(*, submission: Submission, actor: User, revision: int, note: str = "") -> Submission:
    """Send a draft in as it stands. Where its form has reviewers they decide, else it is published at once.

    Raises:
        NotReady: with all that keeps it from being published.
        DraftChanged: somebody saved another one than the actor saw.
    """
    require_submission(actor, "author", submission)
    with transaction.atomic():
        held = locked(submission)
        require_state(held, State.DRAFT, revision=revision)
        plan = _ready(held)
        now, urn = timezone.now(), access.principal_of(actor)
        held.sent_at, held.note = now, note
        held.state = State.IN_REVIEW
        held.save(update_fields=["sent_at", "note", "state"])
        publishing.tell(held, Kind.SENT, by=urn, now=now, note=note)
        if not principals_with(held.form.resource, "reviewer"):
            publishing.begin(held, plan, by=urn, now=now)
    return held


def take_back(*, submission: Submission, actor: User) -> Submission:
    """Go on writing what was sent in, as long as nobody approved it. For its author."""
    require_submission(actor, "author", submission)
    return _back_to_draft(submission, Kind.TAKEN_BACK, by=access.principal_of(actor), note="")


def approve(*, submission: Submission, actor: User, note: str = "", revision: int | None = None) -> Submission:
    """Publish what was sent in. For reviewers of its form who did not write it. ``revision`` is the one that the actor
    saw.

    Raises:
        NotReady: it could be published when it was sent in, and cannot be any more.
        DraftChanged: it was taken back, changed and sent in again since.
    """
    _require_reviewer(actor, submission)
    with transaction.atomic():
        held = locked(submission)
        require_state(held, State.IN_REVIEW, revision=revision)
        plan = _ready(held)
        now, urn = timezone.now(), access.principal_of(actor)
        publishing.tell(held, Kind.APPROVED, by=urn, now=now, note=note)
        publishing.begin(held, plan, by=urn, now=now)
    return held


def send_back(*, submission: Submission, actor: User, note: str) -> Submission:
    """Ask the author to change something. For reviewers of its form who did not write it."""
    _require_reviewer(actor, submission)
    return _back_to_draft(submission, Kind.SENT_BACK, by=access.principal_of(actor), note=note)


def revise(*, submission: Submission, actor: User) -> Submission:
    """Begin the next version of what was published, by the form as it is now. For editors.

    It keeps its files unless others are chosen. What was published stays as it is.
    """
    require_submission(actor, "editor", submission)
    with transaction.atomic():
        held = locked(submission)
        require_state(held, State.PUBLISHED)
        assert held.form.version is not None  # every form has one
        held.form_version = held.form.version
        held.state, held.number, held.run_id = State.DRAFT, held.number + 1, None
        held.files_json, held.note = [], ""
        held.wanted_json = replace(held.wanted, embargo="").as_json()
        held.revision += 1
        held.saved_at, held.saved_by = timezone.now(), access.principal_of(actor)
        held.save()
        publishing.tell(held, Kind.BEGUN, by=access.principal_of(actor), now=held.saved_at)
    return held


def _ready(held: Submission) -> Plan:
    """The plan as things stand now. It is looked for before anything is written: it reads the files' folders.

    Raises:
        NotReady: with all that keeps it from being done.
    """
    plan = planned(held)
    if plan.faults:
        raise NotReady(plan.faults)
    return plan


def _back_to_draft(submission: Submission, kind: Event.Kind, *, by: str, note: str) -> Submission:
    with transaction.atomic():
        held = locked(submission)
        require_state(held, State.IN_REVIEW)
        held.state, held.sent_at = State.DRAFT, None
        held.save(update_fields=["state", "sent_at"])
        publishing.tell(held, kind, by=by, now=timezone.now(), note=note)
    return held


def _require_reviewer(actor: User, submission: Submission) -> None:
    """
    Raises:
        NoSuchSubmission: they may not even see it.
        NotAllowed: they are none, or wrote it themselves.
    """
    require_submission(actor, "viewer", submission)
    if not reviews(actor, submission):
        raise NotAllowed("Only reviewers of its form decide about a submission. Ask those who administer the form.")
    if access.may(actor, "editor", submission.resource) and not actor.is_superuser:
        raise NotAllowed("Nobody reviews what they wrote themselves. Ask another reviewer.")
