"""What can go wrong with forms and submissions."""

from __future__ import annotations

from collections.abc import Sequence

from apps.common.errors import Conflict, Invalid, NotFound, PreconditionFailed, Unavailable
from apps.publish.types import Fault


class NoSuchForm(NotFound):
    """There is no such form that you may see. Check its address, or ask for a role on it."""

    code = "publish.no_such_form"


class NoSuchSubmission(NotFound):
    """There is no such submission that you may see. Check its address, or ask its author to share it with you."""

    code = "publish.no_such_submission"


class NoSuchVersion(NotFound):
    """There is no such version that you may see. Check its address, or sign in."""

    code = "publish.no_such_version"


class NoSuchFormVersion(NotFound):
    """The form has no version of this number. Look at its versions."""

    code = "publish.no_such_form_version"


class NoSuchFormRole(NotFound):
    """They were not given this role on the form. Look at who has it."""

    code = "publish.no_such_form_role"


class NoSuchComment(NotFound):
    """There is no such comment on this submission. Look at it again."""

    code = "publish.no_such_comment"


class NoSuchLink(NotFound):
    """This link leads nowhere, or nowhere any more. Ask who gave it to you for a new one."""

    code = "publish.no_such_link"


class FormClosed(Conflict):
    """The form takes no submissions now. Ask those who administer it."""

    code = "publish.form_closed"


class FormNotSetUp(Conflict):
    """The form cannot be opened yet: it does not say which index it publishes to. Choose one first."""

    code = "publish.form_not_set_up"


class WrongState(Conflict):
    """The submission is not in a state in which this can be done. Look at it again."""

    code = "publish.wrong_state"


class DraftChanged(PreconditionFailed):
    """Somebody else saved this draft since you looked at it. Look at what they wrote, and save again."""

    code = "publish.draft_changed"


class FormChanged(PreconditionFailed):
    """Somebody else saved another version of this form since you looked at it. Look at it, and save yours again."""

    code = "publish.form_changed"


class NothingToAsk(Conflict):
    """There are no files of it that you may not read already. Open its page again."""

    code = "publish.nothing_to_ask"


class AskedAlready(Conflict):
    """You asked for these files, or for those of many records, within a day. Wait for the answer."""

    code = "publish.asked_already"


class RequestNotSent(Unavailable):
    """No mail could be sent to the authors. Ask those who run the portal."""

    code = "publish.request_not_sent"


class _Faulty(Invalid):
    """It is not right yet. Correct what is named."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        """``faults`` are all of them, and at least one."""
        self.faults = tuple(faults)
        first = self.faults[0]
        told = {"faults": [{"pointer": one.pointer, "message": one.message} for one in self.faults]}
        super().__init__(first.message, place=first.pointer, details=told)


class InvalidForm(_Faulty):
    """The form is not right. Correct what is named."""

    code = "publish.invalid_form"


class NotReady(_Faulty):
    """The submission cannot be published as it is. Correct what is named."""

    code = "publish.not_ready"


class Unprocessable(_Faulty):
    """The document is not valid. Correct what is named, and send it again."""

    code = "publish.unprocessable"
