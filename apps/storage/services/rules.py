"""Who may do what at which path: asked before every way to the bytes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from apps.access import services as access
from apps.access.services import Actor
from apps.access.types import parse_principal
from apps.accounts import services as accounts
from apps.accounts.models import User
from apps.storage.errors import AccessDenied, NoSuchRule
from apps.storage.models import AccessRule, Collection
from apps.storage.types import FilePath

Permission = Literal["r", "rw"]
ADMINISTERS = "admin"


def require(actor: Actor, permission: Permission, collection: Collection, path: FilePath) -> None:
    """
    Raises:
        AccessDenied: the actor may not do this there.
    """
    if not may(actor, permission, collection, path):
        verb = "read" if permission == "r" else "write"
        raise AccessDenied(
            f"You may not {verb} {path} of “{collection.name}”. Ask its owner for an access rule.", place="path"
        )


def may(actor: Actor, permission: Permission, collection: Collection, path: FilePath) -> bool:
    """Whether a role on the collection or one of its rules allows it, and whoever shares the folder may do it too."""
    if permission == "rw" and collection.is_read_only:
        return False
    if not administers(actor, collection) and not _a_rule_allows(actor, permission, collection, path):
        return False
    if collection.parent is None:
        return True
    return may(collection.owner, permission, collection.parent, path.below(collection.base))


def administers(actor: Actor, collection: Collection) -> bool:
    """Whether the actor may do everything there, and say what others may."""
    return access.may(actor, ADMINISTERS, collection.resource)


def allowed_below(actor: Actor, collection: Collection, path: FilePath) -> bool:
    """Whether the actor may read something there or further down: then the way there is shown to them, and nothing
    beside it."""
    return any(may(actor, "r", collection, place) for place in _places_below(actor, collection, path))


def _places_below(actor: Actor, collection: Collection, path: FilePath) -> set[FilePath]:
    """Where below a path a right of the actor, or of whoever shares the folder, may begin: what all allow begins there
    as well."""
    places = {path} | {rule.place for rule in _rules_for(actor, collection) if rule.place.is_within(path)}
    if collection.parent is not None:
        base = collection.base
        shared = _places_below(collection.owner, collection.parent, path.below(base))
        places |= {FilePath(place.names[len(base.names) :]) for place in shared}
    return places


def _a_rule_allows(actor: Actor, permission: Permission, collection: Collection, path: FilePath) -> bool:
    return any(
        path.is_within(rule.place) and (permission == "r" or rule.permissions == AccessRule.Permissions.WRITE)
        for rule in _rules_for(actor, collection)
    )


def _rules_for(actor: Actor, collection: Collection) -> Iterable[AccessRule]:
    alive = Q(expires_at=None) | Q(expires_at__gt=timezone.now())
    return AccessRule.objects.filter(alive, collection=collection, principal__in=access.principals_of(actor))


def require_administration(actor: Actor, collection: Collection) -> None:
    """
    Raises:
        AccessDenied: the actor does not administer the collection.
    """
    if not administers(actor, collection):
        raise AccessDenied(f"Only owners and admins of “{collection.name}” may do this.")


def rules_of(collection: Collection, *, actor: Actor) -> list[AccessRule]:
    """All rules for those who administer the collection, else the actor's own."""
    if administers(actor, collection):
        return list(collection.rules.all())
    return list(_rules_for(actor, collection))


def get_rule(collection: Collection, rule_id: UUID, *, actor: Actor) -> AccessRule:
    """
    Raises:
        NoSuchRule: there is none with this id that the actor may see.
    """
    for rule in rules_of(collection, actor=actor):
        if rule.pk == rule_id:
            return rule
    raise NoSuchRule


@transaction.atomic
def add_rule(
    *,
    collection: Collection,
    actor: User,
    principal: str,
    path: FilePath,
    permissions: Permission,
    expires_at: datetime | None = None,
) -> AccessRule:
    """Let a principal in at a path; one who has a rule there gets this one instead. It counts from now on.

    Raises:
        AccessDenied: the actor does not administer the collection.
        InvalidPrincipal: there is no such principal.
    """
    require_administration(actor, collection)
    rule, is_new = AccessRule.objects.update_or_create(
        collection=collection,
        principal=str(parse_principal(principal)),
        path=path.key,
        defaults={"permissions": permissions, "expires_at": expires_at, "created_by": actor},
    )
    _tell("rule_added" if is_new else "rule_changed", rule, actor)
    return rule


@transaction.atomic
def change_rule(
    *, rule: AccessRule, actor: User, permissions: Permission, expires_at: datetime | None = None
) -> AccessRule:
    """
    Raises:
        AccessDenied: the actor does not administer the collection.
    """
    require_administration(actor, rule.collection)
    rule.permissions, rule.expires_at = permissions, expires_at
    rule.save(update_fields=["permissions", "expires_at"])
    _tell("rule_changed", rule, actor)
    return rule


@transaction.atomic
def remove_rule(*, rule: AccessRule, actor: User) -> None:
    """
    Raises:
        AccessDenied: the actor does not administer the collection.
    """
    require_administration(actor, rule.collection)
    _tell("rule_removed", rule, actor)
    rule.delete()


def _tell(verb: str, rule: AccessRule, actor: User) -> None:
    accounts.record(
        f"collection.{verb}",
        kind="collection",
        id=rule.collection_id,
        name=rule.collection.name,
        actor=actor,
        principal=rule.principal,
        path=rule.path,
        permissions=rule.permissions,
    )
