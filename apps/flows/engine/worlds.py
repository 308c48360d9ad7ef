"""The world of a run: its definition, read once for each version, and what its states may know of it."""

from __future__ import annotations

from apps.common.recent import Recent
from apps.flows.engine.positions import World
from apps.flows.language.definition import Definition
from apps.flows.language.reading import read
from apps.flows.models import Run, Version


def world_of(run: Run) -> World:
    """``run.version`` and ``run.flow`` should be at hand."""
    return World(
        definition=definition_of(run.version),
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


_known: Recent[str, Definition] = Recent(most=200)
"""Definitions by the digests of their versions."""


def definition_of(version: Version) -> Definition:
    known = _known.get(version.digest)
    if known is None:
        known = read(version.definition)
        _known.keep(version.digest, known)
    return known
