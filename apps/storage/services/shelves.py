"""The collections that somebody is told of, by what they have to do with them."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils import timezone

from apps.access import services as access
from apps.access.types import ALL_AUTHENTICATED, PUBLIC
from apps.accounts.models import User
from apps.storage.models import AccessRule, Collection
from apps.storage.services.collections import KIND, find_collections

_EVERYBODY = {PUBLIC, ALL_AUTHENTICATED}


def own_collections(actor: User, *, text: str = "") -> QuerySet[Collection]:
    """Those that the actor made, or was given a role on by name or group."""
    held = access.resources_with_role(actor, KIND) if not actor.is_superuser else {}
    return find_collections(actor, text=text).filter(Q(owner=actor) | Q(pk__in=list(held)))


def collections_shared_with(actor: User, *, text: str = "") -> QuerySet[Collection]:
    """Those of others in which a rule lets in the actor, or a group of theirs: what is for everybody is left out."""
    alive = Q(expires_at=None) | Q(expires_at__gt=timezone.now())
    mine = access.principals_of(actor) - _EVERYBODY
    shared = AccessRule.objects.filter(alive, principal__in=mine).values("collection")
    return find_collections(actor, text=text).filter(pk__in=shared).exclude(owner=actor)
