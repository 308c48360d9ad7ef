"""What reviewers and authors say to each other about the fields of a submission."""

from __future__ import annotations

from django.utils import timezone

from apps.access import services as access
from apps.access.services import Actor
from apps.accounts.models import User
from apps.common import places
from apps.common.errors import Invalid, NotAllowed
from apps.publish.errors import NoSuchComment
from apps.publish.fitting import schema_at
from apps.publish.models import Comment, Submission
from apps.publish.services.access import may_submission, require_submission, reviews
from apps.publish.services.audience import document_for

MOST_COMMENTS = 500
LONGEST = 4_000
BESIDE = ("", "/files", "/visibility")
"""The whole, and what is said beside the form."""


def comment(*, submission: Submission, actor: User, text: str, pointer: str = "") -> Comment:
    """Say something of a field, by its JSON pointer, or of the whole. For its editors and its reviewers.

    Raises:
        Invalid: nothing is said, too much is, or there is no such field.
    """
    _require_voice(actor, submission)
    said = text.replace("\0", "").replace("\r\n", "\n").strip()
    if not said:
        raise Invalid("Write what you have to say.", place="text")
    if len(said) > LONGEST:
        raise Invalid(f"Write at most {LONGEST:,} signs.", place="text")
    if not _is_place(submission, pointer):
        raise Invalid("There is no such field in its form.", place="pointer")
    if submission.comments.count() >= MOST_COMMENTS:
        raise Invalid(f"There are {MOST_COMMENTS} comments already, and there is no room for more.", place="text")
    urn = access.principal_of(actor)
    return Comment.objects.create(
        submission=submission, number=submission.number, pointer=pointer, text=said, by=urn, at=timezone.now()
    )


def settle(*, submission: Submission, comment_id: int, actor: User, is_settled: bool = True) -> Comment:
    """Say that nothing more is to be done about a comment; or that there is. For its editors and its reviewers.

    Raises:
        NoSuchComment: it is of none, or of another submission.
    """
    _require_voice(actor, submission)
    found = submission.comments.filter(pk=comment_id).first()
    if found is None:
        raise NoSuchComment
    found.is_settled = is_settled
    found.save(update_fields=["is_settled"])
    return found


def comments_of(submission: Submission, *, actor: Actor) -> list[Comment]:
    """All of them, the eldest first. For who may see it."""
    require_submission(actor, "viewer", submission)
    return list(submission.comments.all())


def may_comment(actor: Actor, submission: Submission) -> bool:
    return may_submission(actor, "editor", submission) or reviews(actor, submission)


def _require_voice(actor: User, submission: Submission) -> None:
    """
    Raises:
        NoSuchSubmission: they may not even see it.
        NotAllowed: they were only shown it.
    """
    require_submission(actor, "viewer", submission)
    if not may_comment(actor, submission):
        raise NotAllowed("Only those who write a submission and its reviewers comment on it. Ask its author.")


def _is_place(submission: Submission, pointer: str) -> bool:
    if pointer in BESIDE:
        return True
    try:
        is_held = places.at(submission.content, pointer) is not places.NOTHING
        is_known = is_held or schema_at(document_for(submission).schema, pointer) is not None
    except ValueError:
        return False
    return is_known and len(pointer) <= (Comment._meta.get_field("pointer").max_length or 0) and "\0" not in pointer
