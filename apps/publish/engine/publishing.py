"""A publication: begun by a run of the form's flow, which does it step by step, and finished."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.db import transaction

from apps.flows import services as flows
from apps.flows.models import Run
from apps.publish.engine import permitting
from apps.publish.engine.plans import Plan
from apps.publish.errors import WrongState
from apps.publish.models import Event, Submission, Version
from apps.search.models import Entry
from apps.storage import services as storage
from apps.storage.models import Collection
from apps.storage.types import FilePath

State = Submission.State


def begin(submission: Submission, plan: Plan, *, by: str, now: datetime) -> Run:
    """Write down whole what is to be published, and start the run that does it, in the author's name.

    Called in a transaction that holds the submission, with a plan without faults.
    """
    assert plan.flow is not None  # its lack is a fault
    run_id = uuid.uuid4()
    Version.objects.create(
        submission=submission,
        number=plan.number,
        form_version=submission.form_version,
        name=plan.name,
        subject=plan.subject,
        index=plan.index,
        collection=plan.collection,
        folder_key=plan.folder.key if plan.folder else "",
        content=submission.content,
        parts_json=[part.as_json() for part in plan.parts],
        before_json=_entries_before(plan),
        files_json=plan.keeps_files_of.files_json if plan.keeps_files_of else [],
        identifier=plan.identifier,
        identifier_service=plan.service,
        opens_at=plan.opens_at,
        run_id=run_id,
        undo_json={
            "kept": _kept(submission, plan),
            "rules": permitting.rules_before(plan.collection, plan.folder),
        },
    )
    submission.state, submission.run_id, submission.trouble = State.PUBLISHING, run_id, ""
    submission.save(update_fields=["state", "run_id", "trouble"])
    tell(submission, Event.Kind.STARTED, by=by, now=now, run_id=str(run_id))
    label = plan.name[: Run.LONGEST_LABEL]
    return flows.start_run(
        flow=plan.flow,
        actor=submission.author,
        input={"submission": str(submission.pk)},
        told=flows.RunChanges(label=label, roles={"monitor": [by]} if by != submission.author_urn else {}),
        run_id=run_id,
    )


def coming(submission_id: Any, run_id: str | None, *, or_done: bool = False) -> Version:
    """What a run publishes, or, ``or_done``, has published.

    Raises:
        WrongState: the run is not the one that does; because it was started by hand, or all was taken back since.
    """
    rows = Version.objects.joined().filter(submission_id=submission_id, run_id=run_id)
    states = [Version.State.COMING, *([Version.State.PUBLISHED] if or_done else ())]
    found = rows.filter(state__in=states).first()
    if run_id is None or found is None:
        raise WrongState("This run publishes nothing (any more). Send the submission in again.")
    return found


@transaction.atomic
def finish(version: Version, now: datetime) -> None:
    """It is published. Called again it changes nothing."""
    if Version.objects.select_for_update().get(pk=version.pk).state != Version.State.COMING:
        return
    version.state, version.published_at, version.before_json, version.undo_json = Version.State.PUBLISHED, now, [], {}
    version.save()
    submission = version.submission
    submission.state, submission.due_at = State.PUBLISHED, None
    submission.save(update_fields=["state", "due_at"])
    tell(submission, Event.Kind.PUBLISHED, by="", now=now, identifier=version.identifier)


def tell(submission: Submission, kind: Event.Kind, *, by: str, now: datetime, note: str = "", **details: str) -> Event:
    """One more line of its history."""
    return Event.objects.create(
        submission=submission, kind=kind, number=submission.number, at=now, by=by, note=note, details=details
    )


def _entries_before(plan: Plan) -> list[dict[str, Any]]:
    """All entries of the subject, whoever sees them."""
    return [
        {
            "entry_id": one.entry_id,
            "content": one.content,
            "visible_to": one.visible_to,
            "principal_sets": one.principal_sets,
        }
        for one in Entry.objects.filter(index=plan.index, subject=plan.subject)
    ]


def _kept(submission: Submission, plan: Plan) -> str:
    """The nearest folder above that of the files which is there already: what lies between is taken away with them."""
    if plan.folder is None or plan.keeps_files_of is not None:
        return ""
    assert isinstance(plan.collection, Collection)
    folder: FilePath = plan.folder.parent
    with storage.opened(plan.collection, actor=submission.form.publisher) as files:
        while folder.names and files.find(folder) is None:
            folder = folder.parent
    return folder.key
