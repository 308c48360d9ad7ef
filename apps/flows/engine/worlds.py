"""The world of a run: its definition, read once for each version, and what its states may know of it."""

from __future__ import annotations

import uuid

from apps.common.recent import Recent
from apps.flows.engine.positions import World
from apps.flows.language.definition import Definition
from apps.flows.language.reading import read
from apps.flows.models import Run, Version


def world_of(run: Run) -> World:
    known = _known.get((run.flow_id, run.version_id))
    return World(
        definition=definition_of(run.version) if known is None else known,
        run=run.context,
        execution={
            "Id": str(run.pk),
            "Input": run.input,
            "Name": run.label or str(run.pk),
            "RoleArn": run.owner_urn,
            "StartTime": run.started_at.isoformat(),
            "RedriveCount": run.redrives,
        },
        machine={"Id": str(run.flow_id), "Name": run.flow_title},
    )


_known: Recent[tuple[uuid.UUID, int], Definition] = Recent(most=200)
"""By flow and version: what a version says never changes, so that the database need not be asked for it."""


def definition_of(version: Version) -> Definition:
    key = (version.flow_id, version.pk)
    known = _known.get(key)
    if known is None:
        known = read(version.definition)
        _known.keep(key, known)
    return known
