"""One task: the page, and the parts of it that follow the task while it goes on.

Followed by asking every two seconds, and not by an open connection: a hundred watchers then hold no process, and an
answer is a read of one row and of the task's few events of progress.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from apps.transfer import services as transfer
from apps.transfer.models import Task
from apps.web.tasks import words
from apps.web.tasks.base import TaskPage
from apps.web.tasks.changing import ChangeForm
from apps.web.tasks.ledger import OUTCOMES, Shown, lines_in, shown_outcomes
from apps.web.tasks.listing import ends_in_words, name_of
from apps.web.tasks.places import ends_of
from apps.web.tasks.progress import progress_of
from apps.web.tasks.speed import figure
from apps.web.tasks.states import problem_of, sentence_of, state_of
from apps.web.timers.links import timer_link

FIRST = 10


class OneTask(TaskPage):
    template = "web/tasks/task.html"

    def get(self, _request: HttpRequest) -> HttpResponse:
        return self.shown(ChangeForm.of(self.task))

    def shown(self, form: ChangeForm, *, status: int = 200) -> HttpResponse:
        task = self.task
        return self.page(
            status=status,
            name=name_of(task),
            ends_text=ends_in_words(task),
            type=Task.Type(task.task_type).label,
            ends=ends_of(task),
            options=words.options(task.options, is_transfer=task.is_transfer),
            form=form,
            timer=timer_link(task.pk, self.user),
            may_be_timed=task.is_transfer and task.owner_id == self.user.pk and is_there(task),
            **live(task),
            **acts(task, is_owner=task.owner_id == self.user.pk),
            **outcome(task),
        )


class Live(TaskPage):
    """What changes while it goes on. ``seen`` is the state, and how many faults, the watcher knows of: only with
    others is more than the numbers sent."""

    template = "web/tasks/live.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        task, values = self.task, live(self.task)
        if request.GET.get("seen") != values["seen"]:
            values |= {"has_turned": True, **acts(task, is_owner=task.owner_id == self.user.pk), **outcome(task)}
        return self.page(**values)


def live(task: Task) -> dict[str, Any]:
    """Values of ``_live.html``, ``_speed.html`` and ``_outcomes.html``: from one row, and the events of progress."""
    stretches = transfer.stretches_of(task)
    state = state_of(task)
    return {
        "task": task,
        "state": state,
        "sentence": sentence_of(task),
        "problem": problem_of(task),
        "progress": progress_of(task, stretches, timezone.now()),
        "figure": figure(stretches),
        "outcomes": shown_outcomes(task),
        "seen": f"{state.word} {task.faults}",
    }


def acts(task: Task, *, is_owner: bool) -> dict[str, Any]:
    """Values of ``_acts.html``. The id of the next submission is made here: a button pressed twice submits once."""
    is_resting = task.wanted == Task.Wanted.PAUSE
    is_ending = task.is_over or task.wanted == Task.Wanted.CANCEL
    may_repeat = task.is_over and is_owner and is_there(task)
    return {
        "may_pause": not (is_ending or is_resting),
        "may_resume": is_resting and not is_ending,
        "may_cancel": not is_ending,
        "may_repeat": may_repeat,
        "may_repeat_failed": may_repeat and task.subtasks_failed > 0,
        "submission_id": transfer.new_submission_id(),
    }


def is_there(task: Task) -> bool:
    """Whether none of its collections was deleted."""
    return task.destination_id is not None and (task.source_id is not None or not task.is_transfer)


def outcome(task: Task) -> dict[str, Any]:
    """Values of ``_outcome.html``."""
    failed = lines_in(Shown(task, OUTCOMES["failed"]), most=FIRST)[0] if task.subtasks_failed else []
    events = list(transfer.log_of(task)[: FIRST + 1])
    return {
        "failed": failed,
        "has_more_failed": task.subtasks_failed > FIRST,
        "events": events[:FIRST],
        "has_more_events": len(events) > FIRST,
    }
