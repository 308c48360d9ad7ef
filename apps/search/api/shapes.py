"""How answers are written: the documents of Globus Search, with the types that its SDK's fixtures have."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from apps.access.models import Role
from apps.access.types import parse_principal
from apps.common.errors import ConsentRequired, PortalError
from apps.search.forms.answers import VERSION
from apps.search.models import Index, Path
from apps.search.services.indexes import IndexState
from apps.search.types import Kind

MEGABYTE = 1_000_000

_CODES = {
    ConsentRequired.code: ConsentRequired.code,
    "search.no_such_index": "NotFound.NoSuchIndex",
    "search.invalid_document": "BadRequest.ValidationError",
    "search.index_not_open": "Conflict.IncompatibleIndexStatus",
    "search.role_limit": "Conflict.LimitExceeded",
    "search.too_expensive": "BadRequest.QueryTooExpensive",
}
_FAMILIES = {
    400: "BadRequest",
    401: "Unauthorized",
    403: "Forbidden",
    404: "NotFound",
    405: "MethodNotAllowed",
    409: "Conflict",
    413: "RequestTooLarge",
    415: "UnsupportedMediaType",
    429: "TooManyRequests",
    503: "ServiceUnavailable",
}


def error(problem: PortalError, status: int, request_id: str) -> dict[str, Any]:
    """A GError. ``error_data`` says where the trouble is."""
    code = _CODES.get(problem.code, f"{_FAMILIES.get(status, 'InternalServerError')}.Generic")
    if problem.code == "search.invalid_query" and "messages" in problem.details:
        code = "BadRequest.ValidationError"
    body: dict[str, Any] = {
        "@datatype": "GError",
        "@version": VERSION,
        "status": status,
        "code": code,
        "message": str(problem),
        "request_id": request_id,
    }
    if isinstance(problem, ConsentRequired):
        return {**body, "authorization_parameters": problem.requirements}
    details = {**problem.details, **({"place": problem.place} if problem.place else {})}
    return {**body, "error_data": details} if details else body


def _spaced(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")


# --- indexes, roles, tasks -----------------------------------------------------------------------------------------


def index(state: IndexState, *, permissions: bool = True) -> dict[str, Any]:
    """IndexInfo. ``max_size_in_mb`` is a number because clients expect one; nothing enforces it here.

    Ours are ``strict_typing`` and ``stemming``, and stand there only where they are not as usual.
    """
    one = state.index
    changed = one.changed_at
    body: dict[str, Any] = {
        "@datatype": "GSearchIndex",
        "@version": VERSION,
        "id": str(one.pk),
        "display_name": one.display_name,
        "description": one.description,
        "slug": one.slug,
        "visible_to": one.visible_to,
        "creation_date": _spaced(one.created_at),
        "content_last_modified_date": _spaced(changed) if changed and state.roles else None,
        "is_trial": False,
        "subscription_id": None,
        "max_size_in_mb": 1_000_000,
        "size_in_mb": round(state.size_bytes / MEGABYTE),
        "num_subjects": state.num_subjects,
        "num_entries": state.num_entries,
        "status": one.status,
        "available": one.status == Index.Status.OPEN,
    }
    if one.is_strict:
        body["strict_typing"] = True
    if not one.is_stemmed:
        body["stemming"] = False
    return {**body, "permissions": list(state.roles)} if permissions else body


def role(one: Role, index_id: object) -> dict[str, Any]:
    return {
        "id": str(one.pk),
        "index_id": str(index_id),
        "role_name": one.role_name,
        "principal": one.principal,
        "principal_type": str(parse_principal(one.principal).kind),
        "creation_date": _spaced(one.created_at),
    }


_ENGINE_NAMES = {
    Kind.NUMBER: "double",
    Kind.BOOLEAN: "boolean",
    Kind.POINT: "geo_point",
    Kind.SHAPE: "geo_shape",
}


def mapping(line: Path) -> str:
    """The type of a path in Elasticsearch's words: of several kinds the one that most entries have."""
    if line.dates and line.dates == line.strings:
        return "date"
    counts = {kind: getattr(line, counter) for kind, counter in Path.COUNTERS.items() if kind is not Kind.DATE}
    return _ENGINE_NAMES.get(max(counts, key=lambda kind: counts[kind]), "text")
