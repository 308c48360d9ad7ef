"""What can go wrong with principals and roles."""

from apps.common.errors import Invalid, NotFound


class InvalidPrincipal(Invalid):
    """This is no principal. Write `public`, `all_authenticated_users`, `urn:globus:auth:identity:<uuid>` or
    `urn:globus:groups:id:<uuid>`."""

    code = "access.invalid_principal"


class InvalidRole(Invalid):
    """There is no such role. Choose one that the resource has."""

    code = "access.invalid_role"


class NoSuchRole(NotFound):
    """There is no such role on this resource."""

    code = "access.no_such_role"
