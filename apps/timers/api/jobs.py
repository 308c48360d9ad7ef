"""Timers, or jobs as they were called: T1 to T8."""

from __future__ import annotations

from typing import ClassVar

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.models import User
from apps.accounts.services import scopes
from apps.common.api import ApiView, NoSuchRoute
from apps.common.errors import Invalid, PortalError
from apps.common.http import ErrorShape
from apps.common.parsing import StrictJSONParser, id_in
from apps.timers import forms
from apps.timers import services as timers
from apps.timers.api import errors, shapes
from apps.timers.errors import NoSuchTimer
from apps.timers.models import Timer

MOST_RESULTS = 100
TIMER = (scopes.url(scopes.TIMERS, "timer"),)


class TimersView(ApiView):
    """A view of the Timers API. What is wrong with a body is a 422."""

    resource_server = scopes.TIMERS
    scopes_to_read = TIMER
    scopes_to_write = TIMER
    parser_classes = [StrictJSONParser]
    error_shape: ClassVar[ErrorShape] = staticmethod(errors.error)

    @property
    def user(self) -> User:
        """Who asks.

        Raises:
            NotAuthenticated: nobody does.
        """
        return self.require_caller()  # type: ignore[no-any-return]  # a User: the settings name no other

    def timer(self, job_id: str) -> Timer:
        user = self.user
        return timers.get_timer(id_in(job_id, NoSuchTimer), actor=user)

    def handle_exception(self, exc: Exception) -> Response:
        response = super().handle_exception(exc)
        if isinstance(exc, PortalError) and errors.is_of_body(exc):
            response.status_code = 422
        return response


class NewTimer(TimersView):
    """T1."""

    def post(self, request: Request) -> Response:
        user, now = self.user, timezone.now()
        made = timers.create_timer(actor=user, told=forms.timer_of(request.data, now=now), now=now)
        return Response({"timer": shapes.timer(made)}, status=201)


class Jobs(TimersView):
    """T2 and T8."""

    def get(self, request: Request) -> Response:
        found = list(timers.find_timers(actor=self.user))
        latest = timers.latest_turns(found)
        return Response({"jobs": [shapes.job(one, latest.get(one.pk)) for one in found]})

    def post(self, request: Request) -> Response:
        user, now = self.user, timezone.now()
        told = forms.job_of(request.data, now=now)
        try:
            made = timers.create_timer(actor=user, told=told, now=now)
        except Invalid as error:
            raise errors.of_callback(error) from error
        return Response(shapes.job(made, None, []), status=201)


class OneJob(TimersView):
    """T3, T6 and T7."""

    def get(self, request: Request, job_id: str) -> Response:
        return Response(self.told(self.timer(job_id)))

    def patch(self, request: Request, job_id: str) -> Response:
        timer = self.timer(job_id)
        return Response(self.told(timers.rename_timer(timer=timer, name=forms.name_of(request.data))))

    def delete(self, request: Request, job_id: str) -> Response:
        timer = self.timer(job_id)
        told = self.told(timer)
        timers.delete_timer(timer=timer)
        return Response(told)

    def told(self, timer: Timer) -> dict[str, object]:
        turns = list(timers.turns_of(timer)[:MOST_RESULTS])
        return shapes.job(timer, timers.latest_turns([timer]).get(timer.pk), turns)


class Pause(TimersView):
    """T4."""

    def post(self, request: Request, job_id: str) -> Response:
        timers.pause_timer(timer=self.timer(job_id))
        return Response({"message": f"Successfully paused job {job_id}."})


class Resume(TimersView):
    """T5."""

    def post(self, request: Request, job_id: str) -> Response:
        timers.resume_timer(timer=self.timer(job_id), now=timezone.now())
        return Response({"message": f"Successfully resumed job {job_id}."})


class NoSuchTimersRoute(NoSuchRoute):
    resource_server = scopes.TIMERS
    error_shape: ClassVar[ErrorShape] = staticmethod(errors.error)
