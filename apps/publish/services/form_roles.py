"""Who may do what with a form: given and taken back one by one, by its administrators."""

from __future__ import annotations

from django.db import transaction

from apps.access import services as access
from apps.access.errors import InvalidPrincipal
from apps.access.services import Roles
from apps.access.types import ALL_AUTHENTICATED, PUBLIC, parse_principal
from apps.accounts.models import User
from apps.common.errors import Invalid
from apps.publish.errors import NoSuchFormRole
from apps.publish.models import Form
from apps.publish.services.access import require_form
from apps.publish.types import FORM_ROLES

GIVEN = tuple(role for role in FORM_ROLES if role != "owner")
"""Roles that are given. Who made a form owns it."""
_FOR_EVERYBODY = frozenset({"submitter", "viewer"})
"""Roles that all who are signed in may be given. Nobody publishes without a name, so none is for the public."""


def is_suited(principal: str, role: str) -> bool:
    """Whether the role can be given to them."""
    return principal not in ({PUBLIC} if role in _FOR_EVERYBODY else {PUBLIC, ALL_AUTHENTICATED})


def require_suited(roles: Roles) -> None:
    """
    Raises:
        Invalid: one of them is no principal, or cannot be given the role.
    """
    for role, principals in roles.items():
        for number, one in enumerate(principals):
            place = f"roles/{role}/{number}"
            try:
                parse_principal(one)
            except InvalidPrincipal as error:
                raise Invalid(error.message, place=place) from error
            if not is_suited(one, role):
                message = "Only publishing and seeing can be for all who are signed in, and nothing for the public."
                raise Invalid(message, place=place)


def form_roles(form: Form, *, actor: User) -> dict[str, list[str]]:
    """Principals by role, of every role. For administrators."""
    require_form(actor, "administrator", form)
    held = access.principals_with(form.resource)
    return {role: held.get(role, []) for role in FORM_ROLES}


@transaction.atomic
def give_form_role(*, form: Form, actor: User, role: str, principal: str) -> None:
    """Who has it keeps it. For administrators.

    Raises:
        Invalid: the role cannot be given to them.
    """
    require_form(actor, "administrator", form)
    if role not in GIVEN:
        raise Invalid(f"There is no such role to be given. Choose one of {', '.join(GIVEN)}.", place="role")
    if not is_suited(principal, role):
        raise Invalid("Only publishing and seeing can be for all who are signed in.", place="principal")
    access.grant(form.resource, role, principal, actor=actor)


@transaction.atomic
def take_form_role(*, form: Form, actor: User, role: str, principal: str) -> None:
    """For administrators.

    Raises:
        NoSuchFormRole: they were not given it themselves, or it is the owner's.
    """
    require_form(actor, "administrator", form)
    held = [one for one in access.roles_on(form.resource) if one.role_name == role and role in GIVEN]
    found = next((one for one in held if one.principal == principal), None)
    if found is None:
        raise NoSuchFormRole
    access.withdraw(found.pk, resource=form.resource, actor=actor)
