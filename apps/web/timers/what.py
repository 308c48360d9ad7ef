"""What timers begin: named, and linked as far as it is there and the reader sees it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.urls import reverse

from apps.accounts.models import User
from apps.common.errors import PortalError
from apps.common.parsing import uuid_in
from apps.flows import services as flows
from apps.storage import services as storage
from apps.timers.models import Timer
from apps.transfer import forms as transfer
from apps.transfer.types import Submission, Wish
from apps.web.context import Link
from apps.web.tasks import words
from apps.web.tasks.places import MOST, Ends, ItemView, Place, folder_url, shown

GONE = "a collection that is not there any more"
NO_FLOW = "a flow that is not there any more"


def whats_of(several: Sequence[Timer], reader: User) -> dict[UUID, Link]:
    """In a few words, by the ids of the timers; with an address where there is a page of it."""
    titles = dict(
        flows.flows_seen_by(reader)
        .filter(pk__in=[one.flow_id for one in several if one.flow_id])
        .values_list("pk", "title")
    )
    names = _names(several, reader)
    return {one.pk: _of_flow(one, titles) if one.flow_id else _of_transfer(one, names) for one in several}


def _of_flow(timer: Timer, titles: dict[UUID, str]) -> Link:
    title = titles.get(timer.flow_id) if timer.flow_id else None
    return Link(title, reverse("web:flows:flow", args=[timer.flow_id])) if title else Link(NO_FLOW, "")


def _of_transfer(timer: Timer, names: dict[UUID, str]) -> Link:
    source, destination = (names.get(pk, GONE) if pk else GONE for pk in _collection_ids(timer))
    return Link(f"{source} to {destination}", "")


def _names(several: Iterable[Timer], reader: User) -> dict[UUID, str]:
    wanted = {pk for one in several if not one.flow_id for pk in _collection_ids(one) if pk}
    return dict(storage.visible_collections(reader).filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}


def _collection_ids(timer: Timer) -> list[UUID | None]:
    return [_id(timer.body.get(name)) for name in ("source_endpoint", "destination_endpoint")]


def _id(told: Any) -> UUID | None:  # Any: JSON
    with suppress(PortalError):
        return uuid_in(told, "")
    return None


def transferred(timer: Timer, reader: User) -> dict[str, Any]:
    """Values of ``_transfer.html``; nothing if a later release reads its document no more."""
    try:
        asked = transfer.transfer_of(timer.body)
    except PortalError:
        return {}
    return {"ends": _ends(timer, asked, reader), "options": words.options(asked.options, is_transfer=True)}


def _ends(timer: Timer, asked: Submission, reader: User) -> Ends:
    ids, names = _collection_ids(timer), _names([timer], reader)
    source, destination = ((pk if pk in names else None) for pk in ids)
    items = tuple(
        ItemView(_place(source, one.source, one) if one.source else None, _place(destination, one.destination, one))
        for one in asked.items[:MOST]
    )
    places = [Place(names.get(pk, GONE) if pk else GONE, folder_url(pk)) for pk in (source, destination)]
    return Ends(places[0], places[1], items, max(len(asked.items) - MOST, 0))


def _place(collection_id: UUID | None, path: Any, item: Wish) -> Place:
    return Place(shown(path), folder_url(collection_id, path if item.is_recursive else path.parent))
