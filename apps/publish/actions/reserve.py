"""The identifier is kept, and is not found yet."""

from __future__ import annotations

from typing import ClassVar

from apps.flows import services as flows
from apps.flows.types import Order, Progress
from apps.publish.actions.base import Step, version_of
from apps.publish.engine import naming
from apps.publish.engine.acting import as_publisher


class Reserve(Step):
    name: ClassVar[str] = "publication/reserve"
    title: ClassVar[str] = "Publication: reserve the identifier"
    subtitle: ClassVar[str] = "Keeps the identifier of a submission; nobody finds it yet."

    def begin(self, order: Order) -> Progress:
        version = version_of(order)
        if not version.identifier:
            return Progress(details={"identifier": None})
        with as_publisher(version) as publisher:
            flows.require_minter(publisher)
        named = naming.minter_of(version).reserve(naming.wish_for(version, order.now))
        version.identifier_link = named.link
        version.save(update_fields=["identifier_link"])
        return Progress(details={"identifier": named.name, "link": named.link, "state": named.state})
