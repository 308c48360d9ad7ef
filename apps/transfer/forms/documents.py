"""The documents of Globus Transfer, with the keys that its clients read."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.conf import settings

from apps.access.services import Actor
from apps.access.types import PrincipalKind, parse_principal
from apps.accounts import services as accounts
from apps.common.errors import ConsentRequired, PortalError
from apps.common.parsing import words_in
from apps.storage import services as storage
from apps.storage.models import AccessRule, Collection
from apps.storage.types import Entry, EntryKind, FilePath

_CODES = {
    "storage.no_such_collection": "EndpointNotFound",
    "storage.no_such_file": "ClientError.NotFound",
    "storage.illegal_path": "ClientError.BadRequest.InvalidPath",
    "storage.access_denied": "PermissionDenied",
    "storage.already_there": "ExternalError.MkdirFailed.Exists",
    "storage.not_a_folder": "ExternalError.DirListingFailed.NotDirectory",
    "storage.quota_exceeded": "QuotaExceeded",
    "storage.sign_in_failed": "ExternalError.AuthenticationFailed",
    "storage.away": "EndpointError",
    "storage.no_such_rule": "AccessRuleNotFound",
    "transfer.no_such_task": "ClientError.NotFound",
    "transfer.invalid_task": "ClientError.BadRequest",
    "transfer.no_items": "ClientError.BadRequest.NoTransferItems",
    "transfer.task_over": "TaskComplete",
    "transfer.no_such_bookmark": "BookmarkNotFound",
    ConsentRequired.code: ConsentRequired.code,
}
_FAMILIES = {
    400: "ClientError.BadRequest",
    401: "AuthenticationFailed",
    403: "PermissionDenied",
    404: "ClientError.NotFound",
    405: "ClientError.MethodNotAllowed",
    409: "Conflict",
    413: "ClientError.TooLarge",
    429: "ClientError.TooManyRequests",
    503: "ServiceUnavailable",
}
_TYPES = {EntryKind.FILE: "file", EntryKind.FOLDER: "dir", EntryKind.LINK: "link", EntryKind.OTHER: "invalid_symlink"}


def error(problem: PortalError, status: int, request_id: str) -> dict[str, Any]:
    body: dict[str, Any] = {
        "code": _CODES.get(problem.code, _FAMILIES.get(status, "ServiceError")),
        "message": str(problem),
        "request_id": request_id,
        "resource": "",
    }
    if isinstance(problem, ConsentRequired):
        required = problem.requirements["required_scopes"]
        return {**body, "required_scopes": required, "authorization_parameters": problem.requirements}
    return body


def result(resource: str, request_id: str, code: str, message: str, kind: str, **more: Any) -> dict[str, Any]:
    told = {"DATA_TYPE": kind, "code": code, "message": message, "request_id": request_id, "resource": resource}
    return {**told, **more}


def moment(value: datetime | None) -> str | None:
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00") if value else None


def spaced(value: datetime | None) -> str | None:
    return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S+00:00") if value else None


def collection(one: Collection, *, actor: Actor) -> dict[str, Any]:
    """An endpoint, as the actor sees it.

    Collections say that they are of Globus Connect Personal: by the other kinds the ``globus`` command asks for a
    consent to the data of a storage gateway, or a Connect Server's own address, which there are none of.
    """
    owner = accounts.known_by(one.owner)
    roles = ["administrator", "access_manager"] if storage.administers(actor, one) else []
    is_open = "public" in one.visible_to or "all_authenticated_users" in one.visible_to
    return {
        "DATA_TYPE": "endpoint",
        "id": str(one.pk),
        "display_name": one.name,
        "canonical_name": f"{owner.username}#{one.pk}",
        "name": one.name,
        "username": owner.username,
        "description": one.description,
        "entity_type": f"GCP_{'guest' if one.parent_id else 'mapped'}_collection",
        "owner_id": str(owner.pk),
        "owner_string": owner.username,
        "organization": settings.FACILITY or None,
        "department": None,
        "keywords": words_in(one.keywords),
        "contact_email": None,
        "contact_info": None,
        "info_link": None,
        "public": is_open,
        "subscription_id": None,
        "default_directory": "/",
        "host_endpoint_id": str(one.parent_id) if one.parent_id else None,
        "host_endpoint": str(one.parent_id) if one.parent_id else None,
        "host_endpoint_display_name": one.parent.name if one.parent else None,
        "host_path": one.base_path if one.parent_id else None,
        "mapped_collection_id": str(one.parent_id) if one.parent_id else None,
        "mapped_collection_display_name": one.parent.name if one.parent else None,
        "high_assurance": False,
        "force_encryption": False,
        "force_verify": False,
        "disable_verify": False,
        "disable_anonymous_writes": True,
        "authentication_timeout_mins": None,
        "mfa_required": False,
        "non_functional": False,
        "non_functional_endpoint_display_name": None,
        "non_functional_endpoint_id": None,
        "is_globus_connect": False,
        "globus_connect_setup_key": None,
        "gcp_connected": None,
        "gcp_paused": None,
        "local_user_info_available": False,
        "gcs_version": None,
        "gcs_manager_url": None,
        "https_server": settings.PUBLIC_URL,
        "tlsftp_server": None,
        "s3_url": None,
        "s3_owner_activated": False,
        "shareable": True,
        "acl_available": True,
        "acl_editable": bool(roles),
        "acl_max_expiration_period_mins": None,
        "activated": True,
        "expires_in": -1,
        "expire_time": None,
        "in_use": False,
        "french_english_bilingual": False,
        "my_effective_roles": roles,
        "myproxy_server": None,
        "myproxy_dn": None,
        "oauth_server": None,
        "user_message": None,
        "user_message_link": None,
        "DATA": [],
    }


def entry(one: Entry) -> dict[str, Any]:
    """A file, a folder, a link."""
    return {
        "DATA_TYPE": "file",
        "name": one.path.name,
        "type": _TYPES[one.kind],
        "size": one.size,
        "last_modified": spaced(one.modified_at),
        "permissions": one.mode or None,
        "user": one.owner or None,
        "group": one.group or None,
        "link_target": one.target or None,
        "link_size": None,
        "link_last_modified": None,
        "link_user": None,
        "link_group": None,
    }


def listing(one: Collection, path: FilePath, entries: list[Entry], *, total: int, offset: int) -> dict[str, Any]:
    return {
        "DATA_TYPE": "file_list",
        "endpoint": str(one.pk),
        "path": path.folder,
        "absolute_path": path.folder,
        "rename_supported": True,
        "symlink_supported": False,
        "length": len(entries),
        "offset": offset,
        "total": total,
        "DATA": [entry(found) for found in entries],
    }


def rule(one: AccessRule) -> dict[str, Any]:
    """An access rule. ``principal`` is the id of a person or group, "" for everybody."""
    principal = parse_principal(one.principal)
    kinds = {PrincipalKind.PUBLIC: "anonymous", PrincipalKind.ALL_AUTHENTICATED: "all_authenticated_users"}
    return {
        "DATA_TYPE": "access",
        "id": str(one.pk),
        "principal_type": kinds.get(principal.kind, principal.kind.value),
        "principal": str(principal.id) if principal.id else "",
        "path": one.place.folder,
        "permissions": one.permissions,
        "role_id": None,
        "role_type": None,
        "create_time": moment(one.created_at),
        "expiration_date": moment(one.expires_at),
    }
