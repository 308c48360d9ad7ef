"""Tokens with which the portal's flows call services elsewhere, in the name of people.

Each is good at one service alone, one that is registered here as an application; never at the portal itself, so that
whoever is called can do nothing here with what they are shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from apps.accounts.errors import UnknownScope
from apps.accounts.models import Application, Token, User
from apps.accounts.services.consents import give_consents, has_consented
from apps.accounts.services.issuing import issue, let_in
from apps.accounts.services.scopes import FLOWS_ID, offer_of
from apps.accounts.types import Scope
from apps.common.errors import ConsentRequired, NotAllowed
from apps.common.recent import Recent

SPARE = timedelta(minutes=10)
"""So long a token must still be good when it is used again."""
_known: Recent[tuple[int, str], tuple[str, Token]] = Recent(most=1000)


def flows_application() -> Application:
    """What people read of when they see that flows act for them."""
    told = {"name": "Flows of this portal", "kind": Application.Kind.CONFIDENTIAL}
    return Application.objects.get_or_create(pk=UUID(FLOWS_ID), defaults=told)[0]


def is_elsewhere(scope: str) -> bool:
    """Whether the scope is good at an application that is registered here, and nowhere else."""
    try:
        return Application.objects.filter(pk=UUID(offer_of(scope).resource_server)).exists()
    except (UnknownScope, ValueError):  # nobody offers it, or a service of the portal, which has a name and no id
        return False


@transaction.atomic
def let_flows_use(*, user: User, scopes: Iterable[str], now: datetime) -> None:
    """The user lets flows use these scopes elsewhere; those of the portal itself, and unknown ones, are left out."""
    wanted = [Scope(name) for name in scopes if is_elsewhere(name)]
    if wanted:
        give_consents(user=user, application=flows_application(), scopes=wanted, allows_refresh=False, now=now)


def token_for(*, user: User, scope: str, now: datetime) -> str:
    """A token for the service elsewhere that the scope is good at.

    Raises:
        NotAllowed: it is a scope of the portal's own.
        ConsentRequired: the user has not let flows use it, or no longer.
    """
    if not is_elsewhere(scope):
        raise NotAllowed(
            f"{scope} is no scope of an application that is registered here. A service elsewhere needs one of its own."
        )
    application = flows_application()
    if user.is_program:
        let_flows_use(user=user, scopes=[scope], now=now)
    if not has_consented(user=user, application=application, scopes=[Scope(scope)]):
        raise ConsentRequired(details={"required_scopes": [scope]})
    secret, token = _known.get((user.pk, scope)) or ("", None)
    if token is not None and token.is_live(now + SPARE) and Token.objects.filter(pk=token.pk, revoked_at=None).exists():
        return secret
    grant = let_in(user=user, application=application, scopes=[Scope(scope)], allows_refresh=False, now=now)
    [issued] = issue(grant, [scope], allows_refresh=False, now=now)
    _known.keep((user.pk, scope), (issued.secret, issued.token))
    return issued.secret
