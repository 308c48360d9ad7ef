"""A timer is made like one that there is: it begins the same, at times of its own. Also like one that has ended."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from apps.web.timers import zones
from apps.web.timers.base import TimerPage
from apps.web.timers.forms import NameForm, WhenForm
from apps.web.timers.listing import name_of
from apps.web.timers.page import begun_each_time
from apps.web.timers.repeating import CREATE, RepeatPage
from apps.web.timers.what import whats_of


class AnotherTimer(TimerPage, RepeatPage):
    template = "web/timers/another.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        self.name = NameForm(initial={"name": self.timer.name})
        self.when = WhenForm.like(self.timer, zone=zones.zone_of(request), now=timezone.now())
        return self.shown()

    def post(self, request: HttpRequest) -> HttpResponse:
        button, timer = request.POST.get("do"), self.timer
        if not self.read() or button != CREATE:
            return self.shown(status=400 if button == CREATE else 200)
        made = self.create_or_tell(kind=timer.kind, body=timer.body, flow_id=timer.flow_id)
        return made or self.shown(status=400)

    def shown(self, *, status: int = 200) -> HttpResponse:
        what = whats_of([self.timer], self.user)[self.timer.pk]
        begun = begun_each_time(self.timer, self.user)
        return self.page(status=status, like=name_of(self.timer, what), what=what, **begun, **self.planned)
