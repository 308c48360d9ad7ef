"""By what a submission is written, and who will see it, before it is published."""

from __future__ import annotations

from collections.abc import Mapping

from apps.access.services import Actor
from apps.publish import document as documents
from apps.publish.engine.audiences import opens_at
from apps.publish.models import Submission
from apps.publish.services.access import require_submission, reviews
from apps.publish.types import FormDocument, Readers, Wanted


def document_for(submission: Submission) -> FormDocument:
    """The document that it is filled in by, read."""
    return documents.read(submission.document)


def audiences_of(submission: Submission, *, actor: Actor) -> Mapping[str, Readers]:
    """Who will see what of it, as it stands: for editors, and reviewers who were sent it."""
    require_submission(actor, "viewer" if reviews(actor, submission) else "editor", submission)
    return audiences_by(document_for(submission), submission.wanted)


def audiences_by(document: FormDocument, wanted: Wanted) -> Mapping[str, Readers]:
    """Under "" who will see the record; under the name of each section those who will see that, which they do from the
    first day on."""
    choice, day = document.choice(wanted.choice), opens_at(wanted)
    told = choice.visible_to if choice else ()
    record = Readers(told, day.date().isoformat() if day and told else "")
    return {"": record, **{one.name: Readers(one.visible_to) for one in document.sections}}
