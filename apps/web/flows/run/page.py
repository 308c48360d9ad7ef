"""One run: the page, and the parts of it that follow the run while it goes on.

Followed by asking every two seconds, as the page of a task is: as long as the log has no new line, an answer is a read
of one row and of the open questions.
"""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from apps.flows import services as flows
from apps.flows.language.documents import to_json
from apps.flows.language.reading import read
from apps.flows.models import Run, Version
from apps.web.flows.base import RunPage
from apps.web.flows.graph.view import graph_of
from apps.web.flows.people import holders
from apps.web.flows.run.asking import Asking, asking_of
from apps.web.flows.run.forms import ChangeForm
from apps.web.flows.run.outcome import outcome_links
from apps.web.flows.run.problems import problem_of
from apps.web.flows.run.state_panel import panel_of
from apps.web.flows.run.timeline import MOST, timeline
from apps.web.flows.run.visits import Story, completed_in, story_of
from apps.web.flows.signs import Sign, sign_of
from apps.web.flows.states import state_in
from apps.web.tasks.words import span
from apps.web.timers.links import timer_link
from apps.web.values import count

MOST_READ = 1000
"""Lines of the log that the timeline is made of: the newest. Each may hold 64 kB."""
FIRST = 30


class OneRun(RunPage):
    template = "web/flows/run/run.html"

    def get(self, _request: HttpRequest) -> HttpResponse:
        return self.shown(ChangeForm.of(self.run))

    def shown(self, form: ChangeForm, *, status: int = 200) -> HttpResponse:
        flow = self.run.flow
        may_start = flow.deleted_at is None and flows.may_flow(self.actor, "starter", flow)
        return self.page(
            status=status,
            name=self.run.label or f"Run of {self.run.flow_title}",
            form=form,
            holders=holders(self.run.resource, self.actor, administers=flows.may_run(self.actor, "manager", self.run)),
            may_see_flow=flow.deleted_at is None and flows.may_flow(self.actor, "viewer", flow),
            may_repeat=may_start and self.actor == self.run.owner,
            timer=timer_link(self.run.pk, self.actor),
            **live(self.run, self.asking, self.state),
            **self.rest(),
        )

    @cached_property
    def asking(self) -> Asking:
        return asking_of(self.run, self.actor)

    @property
    def state(self) -> str:
        """The name of the state that is looked at closely."""
        return self.request.GET.get("state", "")

    def rest(self) -> dict[str, Any]:
        """Values of what is exchanged when something has happened."""
        may_steer = flows.may_run(self.actor, "manager", self.run)
        return {
            **acts(self.run, may_steer=may_steer),
            "outcome": outcome_links(self.run, self.actor),
            **self._told(timezone.now()),
        }

    def _told(self, now: datetime) -> dict[str, Any]:
        run = self.run
        lines = flows.log_of(run, newest_first=True, most=MOST_READ)[::-1]
        story = story_of(lines, is_over=run.is_over)
        chosen = self.state or _standing(story)
        definition = read(run.version.definition)
        state = state_in(definition, flows.shown_run_definition(run, self.actor), chosen)
        before = completed_in(run, definition) if len(lines) == MOST_READ else {}
        signs = {**before, **story.signs, **dict.fromkeys(self.asking.states, Sign.WAITING)}
        return {
            "graph": graph_of(definition, url=_state_url, signs=signs, taken=story.taken, current=chosen),
            "bars": timeline(story.visits, now, _state_url),
            "is_cut": len(lines) == MOST_READ or len(story.visits) > MOST,
            "panel": state and panel_of(run, state, story.of(chosen), signs.get(chosen, Sign.NOT_REACHED), now),
            "log": lines[: -FIRST - 1 : -1],
            "has_more_log": run.log_count > FIRST,
            "input": to_json(flows.shown_data(run.input)),
            "output": to_json(flows.shown_data(run.output)) if run.status == Run.Status.SUCCEEDED else "",
        }


class Live(OneRun):
    """What changes while it goes on. ``seen`` is what the watcher knows of: only with more is more sent."""

    template = "web/flows/run/live.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        values = live(self.run, self.asking, self.state)
        if request.GET.get("seen") != values["seen"]:
            values |= {"has_turned": True, **self.rest()}
        return self.page(**values)


def live(run: Run, asking: Asking, state: str) -> dict[str, Any]:
    """Values of ``_live.html``: from one row, and the open questions."""
    sign, now = asking.over(sign_of(run)), timezone.now()
    seen = f"{sign.word} {run.log_count} {asking.count}"
    return {
        "sign": sign,
        "asking": asking,
        "problem": problem_of(run),
        "took": span(((run.ended_at or now) - run.started_at).total_seconds()),
        "lines": count(run.log_count),
        "seen": seen,
        "live_query": urlencode({"seen": seen, **({"state": state} if state else {})}),
    }


def acts(run: Run, *, may_steer: bool) -> dict[str, Any]:
    """Values of ``_acts.html``."""
    is_ending = run.is_over or run.wanted == Run.Wanted.CANCEL
    is_resting = run.wanted == Run.Wanted.PAUSE or run.halt is not None
    versions: list[Version] = []
    if may_steer and run.status == Run.Status.FAILED and run.is_over:
        versions = list(flows.versions_of(run.flow).filter(number__gt=run.version.number))
    return {
        "may_steer": may_steer,
        "may_pause": may_steer and not is_ending and not is_resting,
        "may_resume": may_steer and not is_ending and is_resting,
        "may_cancel": may_steer and not is_ending,
        "may_redrive": may_steer and run.is_over and run.status == Run.Status.FAILED,
        "newer": versions,
    }


def _standing(story: Story) -> str:
    """Where it stands, or ended: the state that one wants to look at first."""
    open_ones = [visit for visit in story.visits if visit.ended_at is None]
    failed = [visit for visit in story.visits if visit.sign in {Sign.FAILED, Sign.WAITING}]
    chosen = open_ones[-1:] or failed[-1:] or story.visits[-1:]
    return chosen[0].state if chosen else ""


def _state_url(name: str) -> str:
    return f"?{urlencode({'state': name})}#state"
