"""What flows, collections and indexes that triggers speak of are called, as far as the reader may see them."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from uuid import UUID

from django.urls import reverse

from apps.accounts.models import User
from apps.common.errors import PortalError
from apps.flows import services as flows
from apps.search import services as search
from apps.storage import services as storage
from apps.triggers.models import Trigger
from apps.triggers.types import Files, Records, RunEnd
from apps.web.context import Link

UNSEEN_FLOW = Link("a flow that you may not see", "")
UNSEEN_COLLECTION = "a collection that you may not see"


@dataclass(frozen=True, slots=True)
class Names:
    flows: dict[UUID, str] = field(default_factory=dict)
    collections: dict[UUID, str] = field(default_factory=dict)
    indexes: dict[str, str] = field(default_factory=dict)

    def flow(self, flow_id: UUID | None) -> Link:
        if flow_id is None or flow_id not in self.flows:
            return UNSEEN_FLOW
        return Link(self.flows[flow_id], reverse("web:flows:flow", args=[flow_id]))

    def collection(self, collection_id: UUID) -> str:
        return self.collections.get(collection_id, UNSEEN_COLLECTION)

    def index(self, name: str) -> str:
        return self.indexes.get(name, name)


def names_of(triggers: Iterable[Trigger], reader: User) -> Names:
    """Of all of them with a question for each kind, not for each trigger."""
    watched = [(one.flow_id, one.watched) for one in triggers]
    flow_ids = {flow_id for flow_id, _what in watched if flow_id}
    flow_ids |= {what.flow_id for _id, what in watched if isinstance(what, RunEnd) and what.flow_id}
    folders = {what.collection_id for _id, what in watched if isinstance(what, Files)}
    return Names(
        dict(flows.flows_seen_by(reader).filter(pk__in=flow_ids).values_list("pk", "title")),
        dict(storage.visible_collections(reader).filter(pk__in=folders).values_list("pk", "name")),
        _indexes({what.index for _id, what in watched if isinstance(what, Records)}, reader),
    )


def _indexes(names: set[str], reader: User) -> dict[str, str]:
    found = {}
    for name in names:
        with suppress(PortalError):
            found[name] = search.get_index(name=name, actor=reader).display_name
    return found
