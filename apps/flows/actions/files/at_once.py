"""What is done to files at once."""

from __future__ import annotations

from typing import Any, ClassVar

from apps.flows.actions.base import Asking
from apps.flows.actions.files.refusals import attempted
from apps.flows.types import Order, Progress


class AtOnce(Asking):
    """An action that is done with one question to a collection. A subclass says in ``done`` what it is."""

    is_synchronous: ClassVar[bool] = True

    def begin(self, order: Order) -> Progress:
        return attempted(order, lambda: Progress(details=self.done(order)))

    def done(self, order: Order) -> dict[str, Any]:
        """Do it, and tell of it. What a process did that died afterwards is found done."""
        raise NotImplementedError
