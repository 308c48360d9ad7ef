"""Whether somebody has the standing to publish as a document says: in whose name a form acts is who wrote it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from apps.access.services import Actor
from apps.common.errors import NotAllowed, PortalError
from apps.flows import services as flows
from apps.publish.types import Fault
from apps.search import services as search
from apps.storage import services as storage


def standing_faults(document: Mapping[str, Any], actor: Actor) -> list[Fault]:
    """What the actor may not do, or is not there. What is not said yet is no fault: the form cannot be opened then."""
    return [
        *_of_index(document.get("index", ""), actor),
        *_of_collection(document.get("collection", ""), actor),
        *_of_flow(document.get("flow", ""), actor),
        *_of_identifier(document.get("identifier", "none"), actor),
    ]


def _of_index(told: str, actor: Actor) -> Iterator[Fault]:
    if not told:
        return
    try:
        index = search.get_index(name=told, actor=actor)
        search.require(index=index, actor=actor, role="writer", is_open=True)
    except PortalError as error:
        yield Fault("/index", error.message)


def _of_collection(told: str, actor: Actor) -> Iterator[Fault]:
    if not told:
        return
    try:
        collection = storage.get_collection(UUID(told), actor=actor)
    except (ValueError, PortalError):
        yield Fault("/collection", "There is no such collection that you may see. Name it by its id.")
        return
    if not storage.administers(actor, collection):
        yield Fault(
            "/collection", f"You do not administer “{collection.name}”. Files are published there in your name."
        )


def _of_flow(told: str, actor: Actor) -> Iterator[Fault]:
    if not told:
        return
    try:
        flow = flows.get_flow(UUID(told), actor=actor)
    except (ValueError, PortalError):
        yield Fault("/flow", "There is no such flow that you may see. Name it by its id.")
        return
    if not flows.may_flow(actor, "administrator", flow) and not flow.builtin:
        yield Fault("/flow", f"You do not administer “{flow.title}”. It publishes in your name.")


def _of_identifier(told: str, actor: Actor) -> Iterator[Fault]:
    if told == "none":
        return
    try:
        flows.require_minter(actor)
    except NotAllowed as error:
        yield Fault("/identifier", error.message)
