"""Who sees the record may read its files."""

from __future__ import annotations

from typing import ClassVar

from apps.flows.types import Order, Progress
from apps.publish.actions.base import Step, version_of
from apps.publish.engine import permitting


class Permit(Step):
    name: ClassVar[str] = "publication/permit"
    title: ClassVar[str] = "Publication: let readers in"
    subtitle: ClassVar[str] = "Lets those read the files who will see the record."

    def begin(self, order: Order) -> Progress:
        return Progress(details={"readers": permitting.permit(version_of(order))})
