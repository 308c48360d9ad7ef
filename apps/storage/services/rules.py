"""Who may do what at which path: asked before every way to the bytes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
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


@dataclass(frozen=True, slots=True)
class Rights:
    """What somebody may do in a collection, as it stood when it was asked: read once, it answers for any path.

    ``rules`` are the places of their own rules, and whether they may write there. ``above`` are the rights of whoever
    shares the folder, in the collection that it is a folder of: nobody may do more than they.
    """

    administers: bool
    is_read_only: bool
    rules: tuple[tuple[FilePath, bool], ...]
    base: FilePath
    above: Rights | None

    def may(self, permission: Permission, path: FilePath) -> bool:
        writes = permission == "rw"
        if writes and self.is_read_only:
            return False
        is_allowed = any(path.is_within(place) and (may_write or not writes) for place, may_write in self.rules)
        if not self.administers and not is_allowed:
            return False
        return self.above is None or self.above.may(permission, path.below(self.base))

    def may_below(self, path: FilePath) -> bool:
        """Whether something there or further down may be read: then the way there is shown, and nothing beside it."""
        return any(self.may("r", place) for place in self._places_below(path))

    def _places_below(self, path: FilePath) -> set[FilePath]:
        """Where below a path a right may begin: what all allow begins there as well."""
        places = {path} | {place for place, _ in self.rules if place.is_within(path)}
        if self.above is not None:
            shared = self.above._places_below(path.below(self.base))
            places |= {FilePath(place.names[len(self.base.names) :]) for place in shared}
        return places


def rights_of(actor: Actor, collection: Collection) -> Rights:
    """What the actor may do there now."""
    writes = AccessRule.Permissions.WRITE
    return Rights(
        administers=administers(actor, collection),
        is_read_only=collection.is_read_only,
        rules=tuple((rule.place, rule.permissions == writes) for rule in _rules_for(actor, collection)),
        base=collection.base,
        above=rights_of(collection.owner, collection.parent) if collection.parent else None,
    )


def require(actor: Actor, permission: Permission, collection: Collection, path: FilePath) -> None:
    """
    Raises:
        AccessDenied: the actor may not do this there.
    """
    if not may(actor, permission, collection, path):
        raise denied(permission, collection, path)


def denied(permission: Permission, collection: Collection, path: FilePath) -> AccessDenied:
    verb = "read" if permission == "r" else "write"
    told = f"You may not {verb} {path} of “{collection.name}”. Ask its owner for an access rule."
    return AccessDenied(told, place="path")


def may(actor: Actor, permission: Permission, collection: Collection, path: FilePath) -> bool:
    """Whether a role on the collection or one of its rules allows it, and whoever shares the folder may do it too."""
    return rights_of(actor, collection).may(permission, path)


def administers(actor: Actor, collection: Collection) -> bool:
    """Whether the actor may do everything there, and say what others may."""
    return access.may(actor, ADMINISTERS, collection.resource)


def _rules_for(actor: Actor, collection: Collection) -> Iterable[AccessRule]:
    return living_rules(access.principals_of(actor)).filter(collection=collection)


def living_rules(principals: Iterable[str]) -> QuerySet[AccessRule]:
    """The rules of these principals that have not expired, of any collection."""
    alive = Q(expires_at=None) | Q(expires_at__gt=timezone.now())
    return AccessRule.objects.filter(alive, principal__in=list(principals))


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
