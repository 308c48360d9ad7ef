"""How answers are written: the documents of Globus Search, with the types that its SDK's fixtures have."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from apps.access.models import Role
from apps.access.types import parse_principal
from apps.common.errors import ConsentRequired, PortalError
from apps.search import dates
from apps.search.forms.gmeta import record as record
from apps.search.models import Failure, Index, Path, Task
from apps.search.services.indexes import IndexState
from apps.search.types import (
    Bucket,
    FacetResult,
    FacetShape,
    FacetType,
    Kind,
    Page,
    Request,
)

VERSION = "2017-09-01"
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


def _joined(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")


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


def task(one: Task, failures: Iterable[Failure] = ()) -> dict[str, Any]:
    """A task. Failed documents stand in ``additional_details``, with the numbers of those done and failed."""
    listed = [_failure(each) for each in failures]
    return {
        "@datatype": "GTask",
        "@version": VERSION,
        "task_id": str(one.pk),
        "index_id": str(one.index_id),
        "task_type": one.task_type,
        "state": one.state,
        "state_description": Task.State(one.state).label,
        "message": one.message or None,
        "additional_details": {"failures": listed} if listed else None,
        "documents": one.documents,
        "documents_done": one.done,
        "documents_failed": one.failed,
        "creation_date": _joined(one.created_at),
        "completion_date": _joined(one.completed_at) if one.completed_at else None,
    }


def _failure(one: Failure) -> dict[str, Any]:
    return {"number": one.number, "subject": one.subject, "path": one.path, "reason": one.reason}


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


# --- results -------------------------------------------------------------------------------------------------------


def page(found: Page, request: Request) -> dict[str, Any]:
    """GSearchResult. Keys that Globus Search does not have appear only when they were asked for."""
    body: dict[str, Any] = {
        "@datatype": "GSearchResult",
        "@version": VERSION,
        "total": found.total,
        "count": len(found.records),
        "offset": request.query.offset,
        "has_next_page": found.has_next,
        "gmeta": [record(one, request) for one in found.records],
    }
    if request.query.facets:
        shapes = request.shapes
        body["facet_results"] = [facet(result, shape) for result, shape in zip(found.facets, shapes, strict=True)]
    if found.next_cursor:
        body["cursor"] = found.next_cursor
    if request.suggests:
        body["did_you_mean"] = found.did_you_mean or None
    return body


def scroll(found: Page, request: Request) -> dict[str, Any]:
    return {
        "@datatype": "GSearchResult",
        "@version": VERSION,
        "total": found.total,
        "count": len(found.records),
        "gmeta": [record(one, request) for one in found.records],
        "has_next_page": found.has_next,
        "marker": found.next_cursor,
    }


# --- facets --------------------------------------------------------------------------------------------------------


def facet(result: FacetResult, shape: FacetShape) -> dict[str, Any]:
    """GFacetResult: buckets, or a value."""
    body: dict[str, Any] = {"@datatype": "GFacetResult", "@version": VERSION, "name": result.name}
    numbers = result.statistics
    match shape.type:
        case FacetType.SUM | FacetType.AVG:
            body["value"] = _assuming(result, shape)
        case FacetType.MIN | FacetType.MAX:
            body["value"] = numbers.get(shape.type.value)
        case FacetType.STATS:
            body["value"] = {name: numbers.get(key) for name, key in _STATS.items()}
        case FacetType.PERCENTILES:
            body["value"] = {key[1:]: value for key, value in numbers.items() if key[:1] == "p" and key[1:2].isdigit()}
        case FacetType.DISTINCT_COUNT:
            body["approximate_value"] = int(numbers.get("distinct") or 0)
        case _:
            body["buckets"] = [_bucket(bucket, shape, place) for place, bucket in enumerate(result.buckets)]
            if result.has_more:
                body["has_more"] = True
            if shape.shows_missing:
                body["missing"] = result.missing
    return body


_STATS = {"count": "count", "min": "min", "max": "max", "sum": "sum", "avg": "mean"}


def _assuming(result: FacetResult, shape: FacetShape) -> float | None:
    """The sum or mean, with the assumed value for each subject that does not have the path."""
    numbers = result.statistics
    count, value = numbers.get("count") or 0, numbers.get("sum") or 0.0
    if shape.assumed is not None:
        absent = max(result.missing, 0)
        count, value = count + absent, value + absent * shape.assumed
    if shape.type is FacetType.SUM:
        return value
    return value / count if count else None


def _bucket(bucket: Bucket, shape: FacetShape, place: int) -> dict[str, Any]:
    return {"@datatype": "GBucket", "@version": VERSION, "value": _value(bucket, shape, place), "count": bucket.count}


def _value(bucket: Bucket, shape: FacetShape, place: int) -> Any:
    if shape.edges:
        low, high = shape.edges[place]
        return {"from": low, "to": high}
    if shape.type is FacetType.DATE_HISTOGRAM and isinstance(bucket.value, int):
        return dates.moment(bucket.value).strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")
    return bucket.value
