"""By what a submission is written, and who will see it, before it is published."""

from __future__ import annotations

from collections.abc import Mapping

from apps.access.services import Actor
from apps.publish import document as documents
from apps.publish.engine import audiences
from apps.publish.models import Submission
from apps.publish.services.access import require_submission, reviews
from apps.publish.types import AUTHORS, FormDocument


def document_for(submission: Submission) -> FormDocument:
    """The document that it is filled in by, read."""
    return documents.read(submission.document)


def audiences_of(submission: Submission, *, actor: Actor) -> Mapping[str, tuple[str, ...]]:
    """Principals: under "" those who will see the record, once no embargo holds; under the name of each section those
    who will see that. For editors, and reviewers who were sent it."""
    require_submission(actor, "viewer" if reviews(actor, submission) else "editor", submission)
    document = document_for(submission)
    now, later = audiences.audience(submission, document)
    sections = {one.name: audiences.principals(submission, (AUTHORS, *one.visible_to)) for one in document.sections}
    return {"": later or now, **sections}
