"""An administrator of an index looks at its pages as somebody else would.

They see exactly what that one would see there. Where records are shared with that person and not with themselves they
see those too: an administrator of an index may look at all of it anyway (``bypass_visible_to``), and which of it one
person sees is what they look for here. So that nobody does it unseen, each beginning and end is told to the audit log.

It holds for the pages of this one index in this one session, and only reads: the management of the index is shown, but
refuses to change anything meanwhile. The API, other indexes and account pages know nothing of it. It ends by itself
with the session, and when its reader is no administrator of the index any more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse

from apps.access import services as access
from apps.access.services import Actor
from apps.accounts import services as accounts
from apps.accounts.models import User
from apps.common.errors import NotAllowed
from apps.search import services as search
from apps.search.models import Index

NOBODY, SOMEBODY, PERSON = "nobody", "somebody", "person"
ROLE = "admin"
_KEY = "viewing"
_SAFE = {"GET", "HEAD", "OPTIONS"}
_NO_ROW = 0
"""The key of the person who is signed in and nothing more: no person, and no identity, is in the database with it."""


@dataclass(frozen=True, slots=True)
class Viewing:
    """As whom an index is looked at. ``name`` is for the banner and the audit log."""

    actor: User | AnonymousUser
    name: str
    index_name: str
    stop_url: str


def enter(request: HttpRequest, name: str) -> tuple[Index, Actor]:
    """The index of a page, and whose view of it the page shows. The banner stands on pages of errors, too.

    Raises:
        NoSuchIndex: there is none, or whoever it is looked at as does not see it.
    """
    index = search.get_index(name=name, actor=request.user)
    viewing = of(request, index)
    if viewing is None:
        return index, request.user
    return search.get_index(name=name, actor=viewing.actor), viewing.actor


def of(request: HttpRequest, index: Index) -> Viewing | None:
    """The viewing that this request is part of; the page's banner is told of it."""
    kept = request.session.get(_KEY, {}) if isinstance(request.user, User) else {}
    chosen = kept.get(str(index.pk))
    if chosen is None:
        return None
    actor = _actor(chosen)
    if actor is None or not access.may(request.user, ROLE, index.resource):
        stop(request, index)
        return None
    viewing = Viewing(actor, _name(actor), index.display_name, reverse("web:manage:view_as_stop", args=[index.slug]))
    request.viewing = viewing  # type: ignore[attr-defined]  # ``context.portal`` reads it
    return viewing


def reader_at(request: HttpRequest, index: Index | None) -> Actor:
    """Whose view a page shows that stands elsewhere and tells of a record of this index."""
    viewing = of(request, index) if index else None
    return viewing.actor if viewing else request.user


def offer_url(reader: Actor, index: Index, subject: str) -> str:
    """Where its reader chooses as whom to look at a record; "" for who may not."""
    if not access.may(reader, ROLE, index.resource):
        return ""
    return f"{reverse('web:manage:view_as', args=[index.slug])}?{urlencode({'subject': subject})}"


def start(request: HttpRequest, index: Index, chosen: str | User) -> None:
    """``chosen`` is a person, or NOBODY or SOMEBODY. Whether the reader may the caller has asked."""
    kept = str(chosen.pk) if isinstance(chosen, User) else chosen
    request.session[_KEY] = {**request.session.get(_KEY, {}), str(index.pk): kept}
    actor = _actor(kept)
    _record("view.begun", index, seen_as=_name(actor) if actor else "")


def stop(request: HttpRequest, index: Index) -> None:
    """Doing it twice changes nothing."""
    kept = dict(request.session.get(_KEY, {}))
    if kept.pop(str(index.pk), None) is not None:
        request.session[_KEY] = kept
        _record("view.ended", index)


def refuse_changes(request: HttpRequest, index: Index) -> None:
    """
    Raises:
        NotAllowed: the request would change something while its reader looks at the index as somebody else.
    """
    viewing = of(request, index)
    if viewing and request.method not in _SAFE:
        raise NotAllowed(f"You look at this index as {viewing.name}, which only reads. Stop that first.")


def refuse_json(request: HttpRequest) -> None:
    """
    Raises:
        NotAllowed: JSON is asked for at the address of a page that is shown as somebody else sees it. The API gives
            it, and answers each caller as themselves: its numbers would not be those of the page.
    """
    if getattr(request, "viewing", None):
        raise NotAllowed("JSON comes from the API, which answers you as yourself. Stop looking as somebody else first.")


def _actor(kept: str) -> User | AnonymousUser | None:
    """None for a person who is gone."""
    if kept == NOBODY:
        return AnonymousUser()
    if kept == SOMEBODY:
        return User(pk=_NO_ROW, username=SOMEBODY, access_version=_NO_ROW)
    return User.objects.filter(pk=int(kept)).first()


def _name(actor: User | AnonymousUser) -> str:
    if not isinstance(actor, User):
        return "nobody who is signed in"
    if actor.pk == _NO_ROW:
        return "somebody who is signed in"
    return accounts.known_by(actor).username


def _record(action: str, index: Index, **details: Any) -> None:
    accounts.record(action, kind="index", id=index.pk, name=index.display_name, **details)
