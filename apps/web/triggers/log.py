"""The log of a trigger: what it started, and the files that it saw, with what became of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from apps.accounts.models import User
from apps.common.paging import page_of
from apps.flows import services as flows
from apps.flows.models import Run
from apps.triggers import services as triggers
from apps.triggers.models import Firing, SeenFile, Trigger
from apps.web.context import Link
from apps.web.files.words import readable
from apps.web.flows.signs import Sign
from apps.web.flows.signs import sign_of as sign_of_run
from apps.web.tasks.states import State
from apps.web.triggers.base import TriggerPage
from apps.web.triggers.signs import sign_of_file, sign_of_firing
from apps.web.values import count, size

FILES_SIZE = 100


@dataclass(frozen=True, slots=True)
class RunLink:
    url: str
    name: str
    sign: Sign


@dataclass(frozen=True, slots=True)
class FiringLine:
    """``run`` is nothing where none was started, or it is not there any more."""

    at: datetime
    files: int
    sign: State
    message: str
    run: RunLink | None


@dataclass(frozen=True, slots=True)
class FileLine:
    path: str
    size: str
    sign: State
    message: str
    seen_at: datetime
    run: RunLink | None


def firing_lines(firings: Sequence[Firing], reader: User) -> list[FiringLine]:
    runs = _runs((one.run_id for one in firings), reader)
    return [FiringLine(one.at, one.count, sign_of_firing(one), one.message, runs.get(one.run_id)) for one in firings]


def _runs(ids: Iterable[UUID | None], reader: User) -> dict[UUID | None, RunLink]:
    """Those that are there, by their ids."""
    wanted = {one for one in ids if one is not None}
    return {run.pk: _link(run) for run in flows.runs_seen_by(reader).filter(pk__in=wanted)} if wanted else {}


def _link(run: Run) -> RunLink:
    name = run.label or f"Run of {run.flow_title}"
    return RunLink(reverse("web:flows:run", args=[run.pk]), name, sign_of_run(run))


class SeenFiles(TriggerPage):
    """``?state=`` narrows them."""

    template = "web/triggers/files.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        state = request.GET.get("state", "")
        state = state if state in SeenFile.State.values else ""
        found = triggers.files_of(self.trigger)
        shown, pages = page_of(found.filter(state=state) if state else found, request, size=FILES_SIZE)
        return self.page(
            shelves=shelves_of(self.trigger, state), lines=_file_lines(shown, self.user), pages=pages, state=state
        )


def shelves_of(trigger: Trigger, state: str | None = None) -> list[Link]:
    """The files by what became of them, with how many there are."""
    counts, url = triggers.counts_of_files(trigger), reverse("web:triggers:files", args=[trigger.pk])
    told = [Link(f"All {count(sum(counts.values()))}", url, state == "")]
    for one in SeenFile.State:
        if one.value in counts or one.value == state:
            words = f"{one.label} {count(counts.get(one.value, 0))}"
            told.append(Link(words, f"{url}?{urlencode({'state': one.value})}", state == one.value))
    return told


def _file_lines(rows: Sequence[SeenFile], reader: User) -> list[FileLine]:
    runs = _runs((row.firing.run_id for row in rows if row.firing), reader)
    return [
        FileLine(
            path=readable(str(row.place)),
            size=size(row.size),
            sign=sign_of_file(row),
            message=row.message,
            seen_at=row.seen_at,
            run=runs.get(row.firing.run_id) if row.firing else None,
        )
        for row in rows
    ]
