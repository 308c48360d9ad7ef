"""Who may do what with forms and submissions."""

from __future__ import annotations

from apps.access import services as access
from apps.access.services import Actor
from apps.access.types import Resource
from apps.accounts.models import User
from apps.common.errors import NotAllowed
from apps.publish.errors import NoSuchForm, NoSuchSubmission
from apps.publish.models import Form, Submission

State = Submission.State
SENT = (State.IN_REVIEW, State.PUBLISHING, State.UNDOING, State.PUBLISHED, State.WITHDRAWN)
_TAKING_PART = ("owner", "administrator", "reviewer", "submitter")
_WRITING = ("owner", "admin", "writer")
_FORM_WORDS = {"submitter": "publish with this form", "administrator": "change this form", "reviewer": "review here"}


def may_form(actor: Actor, role: str, form: Form) -> bool:
    return access.may(actor, role, form.resource)


def require_form(actor: Actor, role: str, form: Form) -> None:
    """
    Raises:
        NoSuchForm: they may not even see it.
        NotAllowed: they see it, and lack the role.
    """
    if may_form(actor, role, form):
        return
    if not may_form(actor, "viewer", form):
        raise NoSuchForm
    raise NotAllowed(f"You may not {_FORM_WORDS[role]}. Ask those who administer it for the role {role}.")


def takes_part(actor: Actor) -> bool:
    """Whether publishing is anything to the actor: they publish, review or administer a form, write or read a
    submission, or may write to an index, for which they may make a form."""
    if not isinstance(actor, User):
        return False
    forms = access.ids_with_role(actor, "form", _TAKING_PART)
    submissions = access.ids_with_role(actor, "submission")
    indexes = access.ids_with_role(actor, "index", _WRITING)
    return (forms | submissions | indexes).exists()  # one question: each page asks it


def may_submission(actor: Actor, role: str, submission: Submission) -> bool:
    """A submission's own roles; reviewers of its form see what was sent in."""
    if access.may(actor, role, submission.resource):
        return True
    return role == "viewer" and reviews(actor, submission)


def reviews(actor: Actor, submission: Submission) -> bool:
    """Whether the actor is a reviewer who has been sent it; nobody reviews what they may write themselves."""
    return submission.state in SENT and may_form(actor, "reviewer", submission.form)


def require_submission(actor: Actor, role: str, submission: Submission) -> None:
    """
    Raises:
        NoSuchSubmission: they may not even see it.
        NotAllowed: they see it, and lack the role.
    """
    if may_submission(actor, role, submission):
        return
    if not may_submission(actor, "viewer", submission):
        raise NoSuchSubmission
    words = {"editor": "change this submission", "author": "do this: only its author may"}
    raise NotAllowed(f"You may not {words[role]}. Ask its author.")


def principals_with(resource: Resource, role: str) -> list[str]:
    """Who was given exactly this role, the eldest first."""
    return access.principals_with(resource).get(role, [])
