"""Which tasks a list is about, and in which order."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from apps.common.errors import Invalid
from apps.common.parsing import uuid_in
from apps.transfer.forms.fields import moment_of

ORDERS = {"request_time": "requested_at", "completion_time": "completed_at", "label": "label", "status": "status"}
ORDERS |= {"type": "task_type", "faults": "faults", "deadline": "deadline", "task_id": "pk"}
FILTERED = {"task_id": "pk", "type": "task_type", "status": "status"}
MOMENTS = {"request_time": "requested_at", "completion_time": "completed_at", "deadline": "deadline"}


def tasks_wanted(text: str) -> Q:
    """The filter of a list of tasks: ``field:values`` parts with ``/`` between them, all of which must hold.

    Raises:
        Invalid: a part cannot be read.
    """
    wanted = Q()
    for part in text.split("/"):
        name, _, values = part.partition(":")
        if values:
            wanted &= _part(name, values)
        elif part:
            raise Invalid("Write filters as field:value.", place="filter")
    return wanted


def _part(name: str, values: str) -> Q:
    if name in MOMENTS:
        after, _, before = values.partition(",")
        bounds = {"gte": moment_of(after, "filter"), "lt": moment_of(before, "filter")}
        return Q(**{f"{MOMENTS[name]}__{word}": value for word, value in bounds.items() if value})
    if name == "label":
        return _labels(values.split(","))
    if name not in FILTERED:
        raise Invalid(f"Filter by one of {', '.join([*FILTERED, 'label', *MOMENTS])}.", place="filter")
    told: list[Any] = [value for value in values.split(",") if value]
    if name == "task_id":
        told = [uuid_in(value, "filter") for value in told]
    return Q(**{f"{FILTERED[name]}__in": told})


def _labels(values: list[str]) -> Q:
    """``~`` before a label means that it stands in it, ``=`` that it is it, ``!`` turns it around."""
    some, none = Q(), Q()
    for value in values:
        is_not, text = value.startswith("!"), value.removeprefix("!")
        one = Q(label__icontains=text[1:].strip("*")) if text.startswith("~") else Q(label=text.removeprefix("="))
        if is_not:
            none |= one
        else:
            some |= one
    return some & ~none if none else some


def tasks_order(text: str) -> list[str]:
    """
    Raises:
        Invalid: there is no such order.
    """
    return [_order(part.strip()) for part in text.split(",") if part.strip()] or ["-requested_at", "pk"]


def _order(part: str) -> str:
    name, _, way = part.partition(" ")
    if name not in ORDERS or way.strip().upper() not in {"", "ASC", "DESC"}:
        raise Invalid(f"Order by one of {', '.join(ORDERS)}, with ASC or DESC.", place="orderby")
    return f"{'-' if way.strip().upper() == 'DESC' else ''}{ORDERS[name]}"
