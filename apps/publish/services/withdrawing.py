"""What was published is withdrawn."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from apps.access import services as access
from apps.access.services import Actor
from apps.accounts.models import User
from apps.common.errors import Invalid, NotAllowed
from apps.publish import tasks
from apps.publish.engine import publishing
from apps.publish.models import Event, Submission, Version
from apps.publish.services.access import may_form, may_submission, require_submission
from apps.publish.services.drafts import locked, require_state

State = Submission.State


def may_withdraw(actor: Actor, submission: Submission) -> bool:
    """Whether the actor is its author, or a reviewer of its form. It must be published besides."""
    return may_submission(actor, "author", submission) or may_form(actor, "reviewer", submission.form)


def withdraw(*, submission: Submission, actor: User, reason: str) -> Submission:
    """Take all versions out of the index, let nobody read the files any more, and hide the identifiers; its page says
    that it was withdrawn, when and why. For its author, and for reviewers of its form.

    Raises:
        Invalid: no reason is told.
        WrongState: it is not published, or its next version is being written or reviewed.
    """
    require_submission(actor, "viewer", submission)
    if not may_withdraw(actor, submission):
        raise NotAllowed("Only its author and the reviewers of its form withdraw a record. Ask one of them.")
    if not reason.strip():
        raise Invalid("Say why it is withdrawn: it is what stays to be read.", place="reason")
    with transaction.atomic():
        held = locked(submission)
        require_state(held, State.PUBLISHED)
        now, urn = timezone.now(), access.principal_of(actor)
        told = {"withdrawn_at": now, "withdrawn_by": urn, "reason": reason, "state": Version.State.WITHDRAWN}
        held.versions.filter(state=Version.State.PUBLISHED).update(**told)
        held.state, held.due_at = State.WITHDRAWN, now
        held.save(update_fields=["state", "due_at"])
        publishing.tell(held, Event.Kind.WITHDRAWN, by=urn, now=now, note=reason)
        tasks.ring(held.pk)
    return held
