"""What people do with a timer: forms, each of which leads back to its page."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from apps.timers import services as timers
from apps.timers.errors import HasEnded, InvalidSchedule
from apps.timers.models import Timer
from apps.web.timers import zones
from apps.web.timers.base import TimerPage
from apps.web.timers.forms import NameForm, WhenForm
from apps.web.timers.page import OneTimer
from apps.web.timers.preview import preview_of, preview_of_schedule

SAVE = "save"


class Pause(TimerPage):
    def post(self, _request: HttpRequest) -> HttpResponse:
        timers.pause_timer(timer=self.timer)
        return self.go("The timer rests. What it began goes on.")


class Resume(TimerPage):
    def post(self, _request: HttpRequest) -> HttpResponse:
        timers.resume_timer(timer=self.timer, now=timezone.now())
        return self.go("The timer goes on with its next turn.")


class Rename(OneTimer):
    def post(self, request: HttpRequest) -> HttpResponse:
        form = NameForm(request.POST)
        if not form.is_valid():
            return self.shown(form, status=400)
        timers.rename_timer(timer=self.timer, name=form.cleaned_data["name"])
        return self.go("The timer has its new name.")


class Change(TimerPage):
    template = "web/timers/change.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        timer, zone, now = self.timer, zones.zone_of(request), timezone.now()
        if timer.state == Timer.State.ENDED:
            raise HasEnded
        preview = preview_of_schedule(timer.schedule, zone.key, since=timer.turn_at or now, taken=timer.taken)
        return self.page(when=WhenForm.of(timer, zone=zone, now=now), preview=preview)

    def post(self, request: HttpRequest) -> HttpResponse:
        now, button = timezone.now(), request.POST.get("do")
        form = WhenForm(request.POST, now=now, before=self.timer.schedule)
        if not form.is_valid() or button != SAVE:
            return self.shown(form, now, status=400 if button == SAVE else 200)
        try:
            timers.change_timer(timer=self.timer, told=form.changes, now=now)
        except InvalidSchedule as error:
            form.refuse(error)
            return self.shown(form, now)
        zones.remember(request, form.cleaned_data["zone"])
        return self.go("The timer is changed.")

    def shown(self, form: WhenForm, now: datetime, *, status: int = 400) -> HttpResponse:
        """With the same rhythm it keeps its place."""
        timer, schedule = self.timer, form.schedule
        is_same = schedule is not None and schedule.rhythm == timer.schedule.rhythm
        since = timer.turn_at if timer.turn_at and is_same else now
        return self.page(when=form, preview=preview_of(form, since=since, taken=timer.taken), status=status)


class Delete(TimerPage):
    """Asks first."""

    template = "web/timers/delete.html"

    def get(self, _request: HttpRequest) -> HttpResponse:
        return self.page()

    def post(self, _request: HttpRequest) -> HttpResponse:
        timers.delete_timer(timer=self.timer)
        self.tell(f"“{self.timer}” is deleted. What it began goes on.")
        return redirect("web:timers:timers")
