"""Where somebody is signed in."""

from __future__ import annotations

from allauth.usersessions.models import UserSession

from apps.accounts.errors import NoSuchSession
from apps.accounts.models import User
from apps.accounts.services.audit import record


def sessions_of(user: User) -> list[UserSession]:
    """Those that live, the newest first; what has ended by itself is forgotten."""
    return sorted(UserSession.objects.purge_and_list(user), key=lambda session: session.created_at, reverse=True)


def end_session(*, actor: User, session_id: int) -> UserSession:
    """Sign one of the actor's own sessions out; it counts from its next request on.

    Raises:
        NoSuchSession: the actor has none with this id.
    """
    session = UserSession.objects.filter(pk=session_id, user=actor).first()
    if session is None:
        raise NoSuchSession
    session.end()
    record("session.ended", kind="session", id=session_id, name=session.user_agent, address_of_session=session.ip)
    return session


def end_other_sessions(*, actor: User, but: str) -> int:
    """Sign the actor out everywhere but in the session with this key, and say how many were ended."""
    others = UserSession.objects.filter(user=actor).exclude(session_key=but)
    return len([end_session(actor=actor, session_id=session.pk) for session in others])
