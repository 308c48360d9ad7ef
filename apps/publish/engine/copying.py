"""The files of a publication on their way."""

from __future__ import annotations

import re
import uuid
from collections import defaultdict
from typing import Any

from apps.common.errors import NotAllowed
from apps.publish.engine.acting import as_publisher
from apps.publish.engine.copies import target_of
from apps.publish.models import Version
from apps.publish.types import Chosen
from apps.storage import services as storage
from apps.storage.errors import NoSuchCollection
from apps.transfer import services as transfer
from apps.transfer.errors import TaskOver
from apps.transfer.models import File, Task
from apps.transfer.types import Options, Submission, Wish

MOST_LISTED = 1_000
NUMBERS = re.compile(r"([0-9]+)")


def submit(version: Version) -> list[Task]:
    """One task for each collection that files come from; those that are there already, if it was asked for before.

    The author, in whose name the files are read, may write to the folder until ``settle``, and nowhere else.
    """
    if version.collection is None or version.folder is None or not version.submission.files_json:
        return []
    with as_publisher(version) as publisher:
        storage.add_rule(
            collection=version.collection,
            actor=publisher,
            principal=version.submission.author_urn,
            path=version.folder,
            permissions="rw",
        )
    chosen: defaultdict[str, list[Chosen]] = defaultdict(list)
    for one in version.submission.files:
        chosen[one.collection].append(one)
    return [_submitted(version, collection_id, several) for collection_id, several in chosen.items()]


def _submitted(version: Version, collection_id: str, several: list[Chosen]) -> Task:
    assert version.collection is not None
    assert version.folder is not None
    author = version.submission.author
    try:
        source = storage.get_collection(uuid.UUID(collection_id), actor=author)
    except NoSuchCollection as error:
        raise NotAllowed(f"Its author may not read {several[0].path} any more: {error.message}") from error
    wishes = [Wish(source=one.path, destination=target_of(one, source, version.folder)) for one in several]
    asked = Submission(
        items=wishes,
        options=Options(fail_on_quota_errors=True),
        label=f"Publish {version}"[:255],
        submission_id=_submission_id(version, collection_id),
    )
    task, _is_new = transfer.submit_transfer(actor=author, source=source, destination=version.collection, asked=asked)
    return task


def tasks_of(version: Version) -> list[Task]:
    """Those that were submitted for it."""
    ids = {_submission_id(version, one["collection"]) for one in version.submission.files_json}
    return list(Task.objects.filter(owner=version.submission.author, submission_id__in=ids))


def cancel(version: Version) -> None:
    for task in tasks_of(version):
        try:
            transfer.cancel_task(task)
        except TaskOver:
            continue


def settle(version: Version) -> None:
    """All is there: the author writes there no more, and what is there is written down.

    A version that keeps the files of the last one has them written down from the beginning.
    """
    if not version.submission.files_json:
        return
    close(version)
    sent = [one for task in tasks_of(version) for one in transfer.successful_transfers(task)[:MOST_LISTED]]
    version.files_json = [_listed(one) for one in sorted(sent[:MOST_LISTED], key=_in_order)]
    version.save(update_fields=["files_json"])


def close(version: Version) -> None:
    """Take the author's right to write there away."""
    if version.collection is None or version.folder is None:
        return
    with as_publisher(version) as publisher:
        for rule in storage.rules_of(version.collection, actor=publisher):
            if rule.principal == version.submission.author_urn and rule.place == version.folder:
                storage.remove_rule(rule=rule, actor=publisher)


def _in_order(sent: File) -> list[str | int]:
    """As people count: image 2 comes before image 10."""
    return [int(part) if at % 2 else part for at, part in enumerate(NUMBERS.split(sent.destination_key))]


def _listed(sent: File) -> dict[str, Any]:
    told = {"path": sent.destination_key, "size": sent.size}
    return {**told, sent.algorithm: sent.checksum} if sent.checksum else told


def _submission_id(version: Version, collection_id: str) -> uuid.UUID:
    """The same for the same run: a version that is published again, after it failed, is another one."""
    assert version.run_id is not None
    return uuid.uuid5(version.run_id, f"copy from {collection_id}")
