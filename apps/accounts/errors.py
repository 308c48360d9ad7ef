"""What can go wrong with people, groups and tokens."""

from __future__ import annotations

from apps.common.errors import Conflict, Invalid, NotAllowed, NotFound, Unavailable


class NoSuchPerson(NotFound):
    """Nobody here has this username. Ask the person for the one on their account page."""

    code = "accounts.no_such_person"


class NoSuchGroup(NotFound):
    """There is no such group, or you are not in it."""

    code = "accounts.no_such_group"


class NoSuchToken(NotFound):
    """You have no such token."""

    code = "accounts.no_such_token"


class NoSuchSession(NotFound):
    """You have no such session; it may have ended already."""

    code = "accounts.no_such_session"


class NoSuchInvitation(NotFound):
    """This invitation was used, has ended or was taken back. Ask whoever sent it for a new one."""

    code = "accounts.no_such_invitation"


class MailNotSent(Unavailable):
    """The mail server did not take the message. Hand the link over yourself, or try again later."""

    code = "accounts.mail_not_sent"


class NotManager(NotAllowed):
    """Only managers of the group may change who is in it, and only its admins who manages it. Ask one of them."""

    code = "accounts.not_manager"


class NotYours(NotAllowed):
    """Only the person can do this for themself. Name one of your own identities."""

    code = "accounts.not_yours"


class CannotJoin(NotAllowed):
    """One cannot come into this group like that. Ask to join if it takes requests, or its managers to invite you."""

    code = "accounts.cannot_join"


class NotMember(NotFound):
    """This person is not in the group."""

    code = "accounts.not_member"


class WrongStatus(Conflict):
    """The membership does not allow this now. Look at its status."""

    code = "accounts.wrong_status"

    @classmethod
    def being(cls, status: str) -> WrongStatus:
        """Say which status it has, and what that asks for."""
        return cls(_BY_STATUS[status])


_BY_STATUS = {
    "active": "This person is in the group already.",
    "invited": "This person was invited, and has not answered. They can accept or decline; managers can remove them.",
    "pending": "This person asked to join, and has no answer yet. A manager can approve or reject them.",
    "rejected": "The request of this person was rejected. A manager can add or invite them.",
    "removed": "This person was removed from the group. A manager can add or invite them.",
    "left": "This person left the group.",
    "declined": "This person declined the invitation.",
}


class HasSubgroups(Conflict):
    """There are groups below this one. Delete those first."""

    code = "accounts.has_subgroups"


class InvalidGroup(Invalid):
    """The group cannot be like this. Correct what the message names."""

    code = "accounts.invalid_group"


class AlreadyMember(Conflict):
    """This person is in the group already."""

    code = "accounts.already_member"


class LastAdmin(Conflict):
    """This is the last admin of the group. Make somebody else an admin first."""

    code = "accounts.last_admin"


class InvalidPerson(Invalid):
    """The person cannot be made like this. Correct what the message names."""

    code = "accounts.invalid_person"


class InvalidScope(Invalid):
    """These scopes cannot be read. Write names with spaces between them, and what one depends on in brackets behind
    it: `name[dependency *optional]`."""

    code = "invalid_scope"


class UnknownScope(Invalid):
    """There is no such scope here. Look at what the services of this portal offer."""

    code = "unknown_scope_error"


class NoSuchApplication(NotFound):
    """There is no such application, or it is not yours."""

    code = "accounts.no_such_application"


class InvalidApplication(Invalid):
    """The application cannot be made like this. Correct what the message names."""

    code = "accounts.invalid_application"


class NoSuchProvider(NotFound):
    """No provider of this portal gives such usernames. Ask an administrator which ones may sign in here."""

    code = "accounts.no_such_provider"


class IdentityTaken(Conflict):
    """This identity belongs to another account here. Sign in with it and unlink it there first."""

    code = "accounts.identity_taken"
