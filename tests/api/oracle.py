"""What an answer must look like: the responses that the SDK tests itself with, and the contract's where it has none.

An example stands for keys and JSON types. A null in it takes anything; of a list, the first item stands for all.
"""

from __future__ import annotations

from typing import Any

from globus_sdk.testing import get_response_set

DATE, LATER, UUID = "2021-04-05 15:05:18", "2021-04-05T15:05:18", "0d1f0a6e-0000-4000-8000-000000000000"
FREE = {"content", "error_data"}
"""Keys beneath which anything may stand."""


def fixture(name: str, case: str = "default", *, service: str = "search") -> Any:
    """A response of the SDK's, as ``create_index``."""
    return get_response_set(f"{service}.{name}").lookup(case).json


def record() -> dict[str, Any]:
    return fixture("post_search")["gmeta"][0]


ACKNOWLEDGED = {"acknowledged": True, "task_id": UUID}
SCROLLED = {"@datatype": "", "total": 1, "count": 1, "gmeta": [record()], "has_next_page": True, "marker": None}
TASK = {
    "task_id": UUID,
    "index_id": UUID,
    "task_type": "INGEST",
    "state": "SUCCESS",
    "state_description": "Task succeeded",
    "message": None,
    "additional_details": None,
    "creation_date": LATER,
    "completion_date": None,
}
BUCKETS = {
    "@datatype": "GFacetResult",
    "@version": "2017-09-01",
    "name": "",
    "buckets": [{"@datatype": "GBucket", "@version": "2017-09-01", "value": None, "count": 1}],
}
ERROR = {"@datatype": "GError", "@version": "", "status": 404, "code": "", "message": "", "request_id": ""}


def differences(answer: Any, example: Any, place: str = "answer") -> list[str]:
    """Where the answer lacks a key of the example, or has another type there."""
    if example is None:
        return []
    if _kind(answer) is not _kind(example):
        return [f"{place} is {answer!r:.80}, and not as {example!r:.80}"]
    if isinstance(example, dict):
        missing = [f"{place} lacks {key}" for key in example if key not in answer]
        held = [(key, inner) for key, inner in example.items() if key in answer and key not in FREE]
        return missing + [one for key, inner in held for one in differences(answer[key], inner, f"{place}.{key}")]
    if isinstance(example, list) and example:
        items = [one for at, item in enumerate(answer) for one in differences(item, example[0], f"{place}.{at}")]
        return items if answer else [f"{place} is empty, so that nothing of it could be compared"]
    return []


def _kind(value: Any) -> type:
    """JSON knows one kind of number."""
    return float if isinstance(value, int) and not isinstance(value, bool) else type(value)
