"""What an action provider of ours is. To add one: copy ``hello_world.py``, and name its class in ``FLOW_ACTIONS``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Protocol

from apps.flows.language.scopes import HOSTS
from apps.flows.types import Order, Progress


class Provider(Protocol):
    """One kind of action. Its methods are called by whoever holds the lease of the action, one at a time.

    They act in the name of ``order.actor`` and are held by the same rules as that person at any other door. What goes
    wrong for a reason that the person can understand is a ``PortalError``, or a ``Progress.failed``: the action ends as
    failed. ``Unavailable``, and whatever else is raised, is tried again with pauses.
    """

    name: ClassVar[str]
    """Where it is found: ``/api/actions/<name>/``."""
    title: ClassVar[str]
    subtitle: ClassVar[str]
    description: ClassVar[str]
    keywords: ClassVar[tuple[str, ...]]
    is_synchronous: ClassVar[bool]
    """``begin`` brings it to its end, within a second or so."""
    queue: ClassVar[str]
    """Whose workers begin it; "" is whoever asks."""
    aliases: ClassVar[tuple[str, ...]]
    """The URLs under which definitions know it elsewhere, without the slash at the end."""

    @property
    def input_schema(self) -> Mapping[str, Any]:
        """The JSON Schema (2020-12) of a body."""

    def begin(self, order: Order) -> Progress:
        """Do it, or begin it. After a crash it is begun again, by the same ``request_id``."""

    def look(self, order: Order) -> Progress:
        """How it goes."""

    def cancel(self, order: Order) -> Progress:
        """Stop it, if it still can be; the answer says how it is."""


def hosted(path: str) -> tuple[str, ...]:
    """The addresses under which definitions know the hosted provider of this path."""
    return tuple(f"{host}{path}" for host in HOSTS)


class Asking:
    """What most providers have in common: nothing to tell besides a name, and an end with ``begin``."""

    is_synchronous: ClassVar[bool] = False
    subtitle: ClassVar[str] = ""
    description: ClassVar[str] = ""
    keywords: ClassVar[tuple[str, ...]] = ()
    queue: ClassVar[str] = ""
    aliases: ClassVar[tuple[str, ...]] = ()

    def begin(self, order: Order) -> Progress:
        raise NotImplementedError

    def look(self, order: Order) -> Progress:
        """Where ``begin`` leaves nothing open, there is nothing to be looked at but what never began."""
        return self.begin(order)

    def cancel(self, order: Order) -> Progress:
        return Progress.failed("The action was canceled.")
