"""What can go wrong with people, groups and tokens."""

from apps.common.errors import Conflict, Invalid, NotAllowed, NotFound


class NoSuchPerson(NotFound):
    """Nobody here has this username. Ask the person for the one on their account page."""

    code = "accounts.no_such_person"


class NoSuchGroup(NotFound):
    """There is no such group, or you are not in it."""

    code = "accounts.no_such_group"


class NoSuchToken(NotFound):
    """You have no such token."""

    code = "accounts.no_such_token"


class NotManager(NotAllowed):
    """Only managers of the group may change who is in it, and only its admins who manages it. Ask one of them."""

    code = "accounts.not_manager"


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
