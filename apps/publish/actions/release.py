"""The identifier is found from now on, and so it is published: from here on nothing is taken back."""

from __future__ import annotations

from typing import ClassVar

from apps.flows.types import Order, Progress
from apps.publish.actions.base import Step, version_of
from apps.publish.engine import naming, publishing


class Release(Step):
    name: ClassVar[str] = "publication/release"
    title: ClassVar[str] = "Publication: release it"
    subtitle: ClassVar[str] = "Lets the identifier be found: from here on nothing is taken back."

    def begin(self, order: Order) -> Progress:
        version = version_of(order, or_done=True)  # by a worker that died before it was told
        if version.identifier:
            naming.minter_of(version).publish(naming.wish_for(version, order.now))
        publishing.finish(version, order.now)
        told = {"version": version.number, "subject": version.subject, "identifier": version.identifier}
        return Progress(details=told)
