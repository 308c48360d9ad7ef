"""Gives access to a folder, changes it, takes it back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from apps.access.types import parse_principal
from apps.common.parsing import id_in
from apps.flows.actions.files.at_once import AtOnce
from apps.flows.actions.files.bodies import NAMES_COLLECTION, PLACE, aliases, collection_in, either, path_in
from apps.flows.types import Order
from apps.storage import services as storage
from apps.storage.errors import NoSuchRule, NoticeNotSent
from apps.storage.models import AccessRule, Collection
from apps.transfer import forms
from apps.transfer.forms import documents

CREATE, UPDATE, DELETE = "CREATE", "UPDATE", "DELETE"
_TEXT = {"type": ["string", "null"]}
_PROPERTIES: dict[str, Any] = {
    "operation": {"enum": [CREATE, UPDATE, DELETE], "default": CREATE, "title": "What is done"},
    "DATA_TYPE": {"type": "string"},
    **PLACE,
    "rule_id": {"type": "string", "title": "Rule", "description": "The access_id of a rule that was made before."},
    "principal_type": {"enum": ["identity", "group", "all_authenticated_users", "anonymous"]},
    "principal": {**_TEXT, "description": "The id of a person or group with a principal_type, or a URN without."},
    "permissions": {"enum": ["r", "rw"], "description": "r is reading, rw is reading and writing."},
    "expiration_date": _TEXT,
    "notify_email": _TEXT,
    "notify_message": _TEXT,
}


class SetPermission(AtOnce):
    """``$.Result.details.access_id`` is the id of the rule, by which it is changed or taken back later."""

    name: ClassVar[str] = "transfer/set_permission"
    title: ClassVar[str] = "Set a permission"
    subtitle: ClassVar[str] = "Makes, changes or deletes an access rule of a collection."
    description: ClassVar[str] = "Whoever has a rule on the path already gets the new one instead."
    keywords: ClassVar[tuple[str, ...]] = ("share", "access", "rule", "permission")
    aliases: ClassVar[tuple[str, ...]] = aliases("set_permission", "manage_permission")

    @property
    def input_schema(self) -> Mapping[str, Any]:
        by_rule = {"properties": {"operation": {"enum": [UPDATE, DELETE]}}, "required": ["operation"]}
        new = {"required": ["path", "permissions"], **either("principal_type", "principal")}
        return {
            "type": "object",
            "properties": _PROPERTIES,
            "allOf": [NAMES_COLLECTION],
            "if": by_rule,
            "then": {"required": ["rule_id"]},
            "else": new,
            "additionalProperties": False,
        }

    def done(self, order: Order) -> dict[str, Any]:
        collection = collection_in(order.body, order.actor)
        match order.body.get("operation", CREATE):
            case "CREATE":
                return _created(order, collection)
            case "UPDATE":
                return _updated(order, collection)
        return _deleted(order, collection)


def _created(order: Order, collection: Collection) -> dict[str, Any]:
    body = order.body
    message = forms.message_of(body)
    rule = storage.add_rule(
        collection=collection,
        actor=order.actor,
        principal=_principal(body),
        path=path_in(body),
        permissions=forms.permissions_of(body),
        expires_at=forms.expiry_of(body),
    )
    told = "The access rule was made."
    if body.get("notify_email") and order.attempt == 1:  # Later ones may have been written to already.
        told += _notice(rule, order, message)
    return _result(order, rule, "Created", told, "access_create_result")


def _updated(order: Order, collection: Collection) -> dict[str, Any]:
    """What is not said of it stays."""
    body, rule = order.body, _rule(order, collection)
    told = {"permissions": rule.permissions, **body}
    expires_at = forms.expiry_of(body) if "expiration_date" in body else rule.expires_at
    permissions = forms.permissions_of(told)
    storage.change_rule(rule=rule, actor=order.actor, permissions=permissions, expires_at=expires_at)
    return _result(order, rule, "Updated", "The access rule was updated.")


def _deleted(order: Order, collection: Collection) -> dict[str, Any]:
    try:
        rule = _rule(order, collection)
    except NoSuchRule:
        if order.attempt == 1:
            raise
        rule = AccessRule(pk=order.body["rule_id"], collection=collection)  # A process deleted it, and died.
    else:
        storage.remove_rule(rule=rule, actor=order.actor)
    return _result(order, rule, "Deleted", "The access rule was deleted.")


def _rule(order: Order, collection: Collection) -> AccessRule:
    return storage.get_rule(collection, id_in(order.body["rule_id"], NoSuchRule), actor=order.actor)


def _result(order: Order, rule: AccessRule, code: str, message: str, kind: str = "result") -> dict[str, Any]:
    resource = f"/endpoint/{rule.collection_id}/access"
    return documents.result(resource, order.request_id, code, message, kind, access_id=str(rule.pk))


def _notice(rule: AccessRule, order: Order, message: str) -> str:
    try:
        storage.send_notice(rule=rule, actor=order.actor, link=forms.link_to(rule), message=message)
    except NoticeNotSent as problem:
        return f" {problem}"
    return ""


def _principal(body: Mapping[str, Any]) -> str:
    """Whom it is about: by type and id, or whole, as runs tell of people (``$._context.user_id``) and forms do."""
    told = body.get("principal")
    if not body.get("principal_type"):
        return str(parse_principal(str(told)))
    plain = told.rpartition(":")[2] if isinstance(told, str) else told
    return forms.principal_of({**body, "principal": plain})
