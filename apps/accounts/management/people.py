"""Whom and what the words of a command line mean."""

from __future__ import annotations

from uuid import UUID

from apps.accounts import services
from apps.accounts.models import Group, Identity, User
from apps.common.errors import Invalid, NotFound


def identity(username: str) -> Identity:
    """
    Raises:
        NotFound: nobody who may sign in is called so.
    """
    try:
        return services.find_identity(username)
    except NotFound as error:
        raise NotFound(f"Nobody who may sign in is called {username!r}. See manage.py create_user.") from error


def person(username: str) -> User:
    """
    Raises:
        NotFound: nobody who may sign in is called so.
    """
    found = identity(username).user
    assert found is not None  # find_identity gives nobody else
    return found


def group(text: str) -> Group:
    """The group of this id, or of this name if one alone has it.

    Raises:
        NotFound: there is none.
        Invalid: several are called so.
    """
    try:
        return services.any_group(UUID(text))
    except ValueError:
        named = list(Group.objects.filter(name=text)[:2])
    if not named:
        raise NotFound(f"There is no group {text!r}. Give its id or its whole name; see manage.py create_group.")
    if len(named) > 1:
        raise Invalid(f"Several groups are called {text!r}. Give the id of the one that you mean.")
    return named[0]
