"""What the pages of timers share: they are for who is signed in, and another's timer is not there."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from apps.accounts.models import User
from apps.timers import services as timers
from apps.timers.models import Timer
from apps.web.pages import SignedInPage


class TimerPage(SignedInPage):
    """A page of one timer."""

    timer: Timer

    def dispatch(self, request: HttpRequest, *args: object, **parts: object) -> HttpResponseBase:
        timer_id = parts.pop("timer_id")
        if isinstance(request.user, User):
            self.timer = timers.get_timer(UUID(str(timer_id)), actor=request.user)
        return super().dispatch(request, *args, **parts)

    def page(self, *, template: str = "", status: int = 200, **values: object) -> HttpResponse:
        return super().page(template=template, status=status, timer=self.timer, **values)

    def go(self, message: str) -> HttpResponse:
        """To the page of the timer, which says that something was done."""
        self.tell(message)
        return redirect("web:timers:timer", self.timer.pk)
