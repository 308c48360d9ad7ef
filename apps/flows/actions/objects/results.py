"""The results of a Map, put into a folder: what succeeded, what failed, and a manifest that names both."""

from __future__ import annotations

import io
import json
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

from apps.common.errors import Invalid
from apps.flows.actions.asked import stopping
from apps.flows.actions.objects.bodies import path_of
from apps.flows.actions.objects.piles import Pile
from apps.flows.language.stores import FLATTEN, JSON, JSONL, NONE, PREFIX
from apps.flows.models import Action, Branch
from apps.flows.types import Order
from apps.storage import services as storage
from apps.storage.services import OpenCollection, uploads
from apps.storage.services.conditions import Conditions
from apps.storage.services.receiving import Body, Stream
from apps.storage.types import FilePath
from apps.transfer import services as transfer

SUCCEEDED, FAILED, PENDING = "SUCCEEDED", "FAILED", "PENDING"
MANIFEST = "manifest.json"
_AT_ONCE = 50
"""Branches that are held at a time: each may have come to megabytes."""


def put_results(files: OpenCollection, order: Order) -> dict[str, Any]:
    """What the branches came to of the Map that the action belongs to. The manifest comes last: where it is, the rest
    is whole.

    Raises:
        Invalid: it belongs to none, or the results are too much. AccessDenied, NotAFolder, NotAFile, QuotaExceeded.
    """
    branch, config = _branch_of(order), order.body.get("WriterConfig", {})
    assert order.origin is not None  # what has a branch is of a run
    number = uuid.uuid5(uuid.UUID(order.origin.run_id), f"{branch.pk} {branch.fork_visit} results")
    name = f"vitrine:mapRun:{order.origin.flow_id}/{order.body.get('Label', order.origin.state_name)}:{number}"
    prefix = order.body.get(PREFIX, "").rstrip("/")
    folder = f"{prefix}/{number}" if prefix else str(number)
    ending = "jsonl" if config.get("OutputType", JSON) == JSONL else "json"
    with ExitStack() as stack:
        piles = {kind: stack.enter_context(Pile(is_lines=ending == "jsonl")) for kind in (SUCCEEDED, FAILED)}
        _fill(piles, branch, name, config.get("Transformation", NONE), stopping(order))
        listed: dict[str, list[dict[str, Any]]] = {FAILED: [], PENDING: [], SUCCEEDED: []}
        for kind, pile in piles.items():
            if pile.count:
                key, size = f"{folder}/{kind}_0.{ending}", pile.finish()
                put(files, path_of(key), pile.file, size, order)
                listed[kind] = [{"Key": key, "Size": size}]
    bucket, key = str(files.collection.pk), f"{folder}/{MANIFEST}"
    manifest = json.dumps({"DestinationBucket": bucket, "MapRunArn": name, "ResultFiles": listed}, indent=2).encode()
    put(files, path_of(key), io.BytesIO(manifest), len(manifest), order)
    return {"MapRunArn": name, "ResultWriterDetails": {"Bucket": bucket, "Key": key}}


def put(files: OpenCollection, path: FilePath, stream: Stream, size: int, order: Order) -> None:
    """Write a file, in the place of another. Folders that are missing are made, and what another began who died at
    this is thrown away."""
    storage.make_folders(files, path.parent)
    if order.attempt > 1:
        transfer.clear_strays(files, [path.parent], until=order.now)
    uploads.put(files, path, Body(stream, size), actor=order.actor, conditions=Conditions(), now=order.now)


def _branch_of(order: Order) -> Branch:
    action = Action.objects.select_related("branch").filter(pk=order.id).first()
    branch = action.branch if action else None
    if branch is None or not branch.fork_visit:
        raise Invalid("There are no results of a Map here. Write a `Key`, and a `Body`.", place="Key")
    return branch


def _fill(piles: dict[str, Pile], branch: Branch, name: str, transformation: str, beat: Callable[[], None]) -> None:
    """In the order of the items. Of what failed all is told, however little is wanted of the rest."""
    for one in _ended(branch):
        beat()
        is_failed = one.status == Branch.Status.FAILED
        pile = piles[FAILED if is_failed else SUCCEEDED]
        if is_failed or transformation == NONE:
            pile.add(_whole(one, f"{name}:{one.number}", branch.items))
        elif transformation == FLATTEN and isinstance(one.output, list):
            for value in one.output:
                pile.add(value)
        else:
            pile.add(one.output)


def _ended(branch: Branch) -> Iterator[Branch]:
    told = ("number", "status", "output", "error_name", "error_cause")
    ended = branch.children.filter(born_at=branch.fork_visit).order_by("number").only(*told)
    return ended.iterator(chunk_size=_AT_ONCE)


def _whole(one: Branch, name: str, items: Any) -> dict[str, Any]:
    """As Step Functions tells of an execution: input and output are texts."""
    how = {"ExecutionArn": name, "Name": str(one.number), "Status": one.status}
    given = {"Input": json.dumps(items[one.number]), "InputDetails": {"Included": True}}
    if one.status == Branch.Status.FAILED:
        return {**how, **given, "Error": one.error_name, "Cause": one.error_cause}
    return {**how, **given, "Output": json.dumps(one.output), "OutputDetails": {"Included": True}}
