"""What a firing tells the template, as its owner may see it now: what was hidden meanwhile is not told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings

from apps.accounts.models import User
from apps.flows import services as flows
from apps.flows.models import Run
from apps.search import services as search
from apps.search.models import Index
from apps.search.types import Record
from apps.storage import services as storage
from apps.storage.types import FilePath
from apps.triggers.errors import NothingToTell
from apps.triggers.models import Firing
from apps.triggers.searches import question
from apps.triggers.types import Files, Records, RunEnd


def told(firing: Firing) -> dict[str, Any]:
    """All that the template of a firing sees: what happened, ``trigger`` (``id``, ``name``), ``firing`` (``id``,
    ``at``) and ``owner`` (``name``, ``email``).

    Raises:
        NothingToTell: the owner may not see it any more.
        Unavailable: a storage or an engine is away.
    """
    trigger = firing.trigger
    return {
        **_happened(firing),
        "trigger": {"id": str(trigger.pk), "name": trigger.name},
        "firing": {"id": firing.pk, "at": firing.at.isoformat()},
        "owner": owner(trigger.owner),
    }


def owner(user: User) -> dict[str, Any]:
    return {"name": user.get_full_name(), "email": user.email}


def _happened(firing: Firing) -> dict[str, Any]:
    match firing.trigger.watched:
        case Files(is_described=True) as files:
            first = FilePath.parse(firing.facts["first"]["path"])
            return {**firing.facts, "described": _described(files, firing.trigger.owner, first)}
        case RunEnd():
            return _run(firing)
        case Records() as records:
            return _records(firing, records)
    return dict(firing.facts)


def _described(files: Files, user: User, path: FilePath) -> dict[str, Any]:
    """What is in the first file of a batch, as Describe tells it; ``trouble`` in it says why it is not."""
    collection = storage.get_collection(files.collection_id, actor=user)
    with storage.opened(collection, actor=user) as there:
        return storage.describe(there, path).as_json()


def _run(firing: Firing) -> dict[str, Any]:
    """``run``: ``id``, ``url``, ``label``, ``tags``, ``status``, ``input``, ``output``, ``flow`` (``id``, ``title``);
    ``text``: how it ended, in a line."""
    run = Run.objects.select_related("flow", "version").filter(pk=firing.facts["run_id"]).first()
    if run is None or not flows.may_run(firing.trigger.owner, "monitor", run):
        raise NothingToTell("The run was deleted, or is not shown to you any more.")
    url = f"{settings.PUBLIC_URL}/flows/runs/{run.pk}/"
    return {
        "text": f"{run.label or run.flow_title} {Run.Status(run.status).label.lower()}: {url}",
        "run": {
            "id": str(run.pk),
            "url": url,
            "label": run.label,
            "tags": run.tags,
            "status": run.status,
            "flow": {"id": str(run.flow_id), "title": run.flow_title},
            "input": flows.shown_data(run.input),
            "output": flows.shown_data(run.output),
        },
    }


def _records(firing: Firing, records: Records) -> dict[str, Any]:
    user, subjects = firing.trigger.owner, firing.facts["subjects"]
    index = search.get_index(name=records.index, actor=user)
    found = search.answering(index=index, request=question(records), subjects=subjects, actor=user)
    if not found:
        raise NothingToTell("The records do not answer the search any more, or are not shown to you any more.")
    return of_records(index, found)


def of_records(index: Index, found: Sequence[Record]) -> dict[str, Any]:
    """``index``; ``records`` (``subject``, ``url``, ``content``: that of the entry without a name, or the first), the
    ``first`` and the ``count`` of them; ``text``: each with its address, in a line."""
    shown = [_record(index, one) for one in found]
    text = "\n".join(f"{one['subject']}: {one['url']}" for one in shown)
    return {"index": index.slug, "records": shown, "first": shown[0], "count": len(shown), "text": text}


def _record(index: Index, record: Record) -> dict[str, Any]:
    url = f"{settings.PUBLIC_URL}/{index.slug}/detail/{search.segment_of(record.subject)}/"
    return {"subject": record.subject, "url": url, "content": record.entries[0].content}
