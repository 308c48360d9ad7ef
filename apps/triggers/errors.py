"""What can go wrong with triggers."""

from __future__ import annotations

from apps.common.errors import Conflict, Invalid, NotAuthenticated, NotFound, TooMany


class InvalidTrigger(Invalid):
    """This is no trigger."""

    code = "invalid_trigger"


class InvalidTemplate(Invalid):
    """The template of the input cannot be filled in."""

    code = "invalid_template"


class IsAnother(Conflict):
    """The trigger waits for something else. Look which kind it is of."""

    code = "is_another_trigger"


class TooManyWait(TooMany):
    """So much that happened waits for its turn that no more is taken. Let the trigger begin, or raise its limits."""

    code = "too_many_wait"


class NotSigned(NotAuthenticated):
    """No trigger at this address has a secret with which this was signed, within the last five minutes."""

    code = "not_signed"


class NothingToTell(NotFound):
    """What happened is not there any more, or not for the trigger's owner."""

    code = "nothing_to_tell"


class NoSuchTrigger(NotFound):
    """There is no trigger with this id, or none of yours."""

    code = "no_such_trigger"
