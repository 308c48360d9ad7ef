"""Answers that leave in more ways than one: tasks, pages of results, facets. As Globus Search writes them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from apps.search import dates
from apps.search.forms.gmeta import record
from apps.search.models import Failure, Task
from apps.search.types import Bucket, FacetResult, FacetShape, FacetType, Page, Request

VERSION = "2017-09-01"


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
        "creation_date": _moment(one.created_at),
        "completion_date": _moment(one.completed_at) if one.completed_at else None,
    }


def _failure(one: Failure) -> dict[str, Any]:
    return {"number": one.number, "subject": one.subject, "path": one.path, "reason": one.reason}


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")


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
