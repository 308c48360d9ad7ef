"""Words of flows that several files need. Nothing here knows a database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

FLOW_ROLES: Mapping[str, tuple[str, ...]] = {
    "owner": ("owner",),
    "administrator": ("administrator", "owner"),
    "starter": ("starter", "administrator", "owner"),
    "viewer": ("viewer", "starter", "administrator", "owner", "run_manager", "run_monitor"),
    "run_manager": ("run_manager",),
    "run_monitor": ("run_monitor", "run_manager"),
}
"""Who may do what with a flow. Its administrators do not see what is in its runs, unless they manage or monitor them:
what people put into a run is theirs. Who sees its runs sees the flow, for each run tells what it does."""
RUN_ROLES: Mapping[str, tuple[str, ...]] = {
    "owner": ("owner",),
    "manager": ("manager", "owner"),
    "monitor": ("monitor", "manager", "owner"),
}
INPUT_ROLES: Mapping[str, tuple[str, ...]] = {
    "respondent": ("respondent",),
    "viewer": ("viewer", "respondent"),
}
ACTION_ROLES: Mapping[str, tuple[str, ...]] = {"manager": ("manager",), "monitor": ("monitor", "manager")}
"""Who may do what with an action that belongs to no run, besides its creator."""


class Status(StrEnum):
    """How an action, and a run, is; the words of the action-provider protocol."""

    ACTIVE = "ACTIVE"
    INACTIVE = "INACTIVE"
    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"

    @property
    def is_end(self) -> bool:
        return self in {Status.SUCCEEDED, Status.FAILED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How an action is, told by its provider.

    ``details`` is what it has to tell, a JSON value. While it is ACTIVE, it is asked again in ``look_in``; without
    that, when whatever ``awaits`` names is announced (``engine.announce``), and in any case now and then. INACTIVE
    waits for its person. ``memo`` is what the provider wants to know when it is asked again; None keeps what it knew.
    """

    status: Status = Status.SUCCEEDED
    details: Any = field(default_factory=dict)
    display_status: str = ""
    look_in: timedelta | None = None
    awaits: str = ""
    memo: dict[str, Any] | None = None

    @classmethod
    def failed(cls, message: str, **details: Any) -> Progress:
        """``message`` says what went wrong and what to do."""
        return cls(status=Status.FAILED, details={"message": message, **details}, display_status="Failed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The run that an action belongs to. ``depth`` counts the runs above it, each of which started the next."""

    run_id: str
    flow_id: str
    flow_title: str
    state_name: str
    depth: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One action, as its provider is asked about it.

    ``request_id`` is the same however often it is asked for; ``attempt`` counts how often it was begun, above 1 after
    a process died: what cannot be done twice looks first whether it is done. ``actor`` is in whose name it acts,
    ``creator`` that person's principal.
    ``url`` and ``scope`` are as the definition has them.
    """

    id: str
    request_id: str
    body: Any
    actor: Any
    creator: str
    now: datetime
    attempt: int = 1
    memo: Mapping[str, Any] = field(default_factory=dict)
    label: str = ""
    url: str = ""
    scope: str = ""
    monitor_by: tuple[str, ...] = ()
    manage_by: tuple[str, ...] = ()
    origin: Origin | None = None
