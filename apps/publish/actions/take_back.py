"""All that was done is undone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from apps.flows.types import Order, Progress, Status
from apps.publish import tasks
from apps.publish.actions.base import SOON, Step, version_of
from apps.publish.engine import undoing
from apps.publish.models import Submission


class TakeBack(Step):
    """``cause`` is what its author is told. It ends when everything is as it was."""

    name: ClassVar[str] = "publication/take_back"
    title: ClassVar[str] = "Publication: take it back"
    subtitle: ClassVar[str] = "Undoes all that was done to publish a submission."
    is_synchronous: ClassVar[bool] = False

    @property
    def input_schema(self) -> Mapping[str, Any]:
        schema = super().input_schema
        cause = {"type": "string", "title": "Why", "description": "What its author is told."}
        return {**schema, "properties": {**schema["properties"], "cause": cause}}

    def begin(self, order: Order) -> Progress:
        version = version_of(order)
        undoing.begin(version, cause=order.body.get("cause", ""), now=order.now)
        tasks.ring(version.submission_id)
        return Progress(status=Status.ACTIVE, look_in=SOON)

    def look(self, order: Order) -> Progress:
        submission = Submission.objects.get(pk=order.body["submission"])
        if submission.versions.filter(run_id=order.origin.run_id if order.origin else None).exists():
            version_of(order)
            return Progress(status=Status.ACTIVE, look_in=SOON)
        return Progress(details={"message": order.body.get("cause", "")})

    def cancel(self, order: Order) -> Progress:
        """What is being undone is undone, whether or not its run goes on."""
        return self.look(order)
