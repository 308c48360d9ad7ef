"""What a trigger would do, as the page of its form shows it: nothing is kept of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from apps.common.errors import Invalid
from apps.flows.language.documents import to_json
from apps.storage.types import FilePath
from apps.triggers.models import Trigger
from apps.triggers.services import Trial, TriedFile
from apps.triggers.types import Files, Watched
from apps.web.files.words import readable
from apps.web.schema_forms.reading import json_in
from apps.web.tasks.states import State
from apps.web.values import count, plural

MOST_PATHS = 1_000
_SIGNS = {
    "file": State("✓", "Taken", "ok"),
    "marker": State("▶", "Marker", "info"),
    "name_marker": State("▶", "Marker of a file", "info"),
    "nothing": State("○", "Ignored", ""),
}


@dataclass(frozen=True, slots=True)
class TriedLine:
    path: str
    sign: State
    groups: tuple[tuple[str, str], ...]
    why: str


@dataclass(frozen=True, slots=True)
class TrialView:
    """``input`` is what the first run would be started with, ``seen`` what the template sees of it."""

    sentences: tuple[str, ...] = ()
    lines: tuple[TriedLine, ...] = ()
    is_more: bool = False
    label: str = ""
    tags: tuple[str, ...] = ()
    input: str = ""
    seen: str = ""
    trouble: str = ""
    is_taken: bool = False


def sample_in(text: str, watched: Watched) -> dict[str, Any] | None:
    """What is written to try it on: paths, those without ``/`` at the start below the folder; or what is sent, as JSON.

    Raises:
        Invalid: it cannot be read.
    """
    if not text.strip():
        return None
    if not isinstance(watched, Files):
        return _happened(text)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_PATHS:
        raise Invalid(f"Write at most {count(MOST_PATHS)} paths.")
    paths = [line if line.startswith("/") else f"{watched.path.folder}{line}" for line in lines]
    for path in paths:
        FilePath.parse(path)
    return {"paths": paths}


def _happened(text: str) -> dict[str, Any]:
    told = json_in(text)
    if not isinstance(told, dict):
        raise Invalid('Write a JSON object, such as {"body": {"sample": "lysozyme"}}.')
    return told


def shown(trial: Trial, kind: str) -> TrialView:
    start = trial.start
    return TrialView(
        sentences=tuple(_sentences_of(kind, trial)),
        lines=tuple(map(_line, trial.files)),
        is_more=bool(trial.files) and trial.taken + trial.ignored > len(trial.files),
        label=(start.told.label or "") if start else "",
        tags=tuple(start.told.tags or ()) if start else (),
        input=to_json(start.input) if start else "",
        seen=to_json(trial.happened) if trial.happened is not None else "",
        trouble=trial.trouble,
        is_taken=start is not None and not trial.trouble,
    )


def _sentences_of(kind: str, trial: Trial) -> list[str]:
    if kind == Trigger.Kind.FILES:
        return _sentences(trial)
    if kind == Trigger.Kind.RECORDS and (trial.taken or trial.happened is None):
        now = f"{plural(trial.taken, 'record answers', 'records answer')} the search now, as you see it."
        return [now, "Those that are new or changed from now on start a run."]
    return []


def _sentences(trial: Trial) -> list[str]:
    if not trial.files:
        return ["There is no file to try it on. Write paths that files will have, and try it on these."]
    told = [f"{plural(trial.taken, 'file', 'files')} would be taken, {count(trial.ignored)} ignored."]
    if trial.is_cut:
        told.append("There are more files; these are the first that were found.")
    if trial.batches:
        told.append(f"{plural(trial.batches, 'run', 'runs')} would be started.")
    elif trial.taken:
        told.append("No run would be started yet: more files have to come first.")
    return told


def _line(tried: TriedFile) -> TriedLine:
    return TriedLine(readable(tried.path), _SIGNS[tried.part], tuple(tried.groups.items()), tried.why)
