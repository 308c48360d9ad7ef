"""How versions differ: of a submission from what was published last, and of a form from another one."""

from __future__ import annotations

from dataclasses import dataclass

from apps.access.services import Actor
from apps.publish.comparing import Difference, differences
from apps.publish.models import FormVersion, Submission, Version
from apps.publish.services.access import require_submission
from apps.publish.services.audience import document_for


@dataclass(frozen=True, slots=True)
class Compared:
    """With the version that was published before."""

    version: Version
    differences: tuple[Difference, ...]


def compare_with_last(submission: Submission, *, actor: Actor) -> Compared | None:
    """None if nothing was published before."""
    require_submission(actor, "viewer", submission)
    published = submission.versions.filter(number__lt=submission.number).exclude(state=Version.State.COMING)
    last = published.first()
    if last is None:
        return None
    schema = document_for(submission).schema
    return Compared(last, tuple(differences(schema, last.content, submission.content)))


def compare_form_versions(before: FormVersion, after: FormVersion) -> list[Difference]:
    """Member by member of their documents."""
    return differences({}, before.document, after.document)
