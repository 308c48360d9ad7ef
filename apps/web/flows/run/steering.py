"""What people do with a run: forms, each of which leads back to its page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from apps.common.errors import Invalid, NotFound
from apps.flows import services as flows
from apps.flows.models import Version
from apps.web.flows.base import RunPage
from apps.web.flows.run.forms import ChangeForm
from apps.web.flows.run.page import OneRun
from apps.web.versions import numbered


class Steer(RunPage):
    role = "manager"


class Pause(Steer):
    def post(self, _request: HttpRequest) -> HttpResponse:
        flows.pause_run(run=self.run, actor=self.user)
        return self.go("The run pauses: what is under way goes on, and nothing new begins.")


class Resume(Steer):
    def post(self, _request: HttpRequest) -> HttpResponse:
        flows.resume_run(run=self.run, actor=self.user)
        return self.go("The run goes on.")


class Cancel(Steer):
    def post(self, _request: HttpRequest) -> HttpResponse:
        flows.cancel_run(run=self.run, actor=self.user)
        return self.go("The run is being canceled.")


class Redrive(Steer):
    """``version`` is the number of another version of the flow."""

    def post(self, request: HttpRequest) -> HttpResponse:
        asked = request.POST.get("version", "")
        flows.redrive_run(run=self.run, actor=self.user, version=self._version(asked) if asked else None)
        return self.go("The run goes on from where it failed.")

    def _version(self, asked: str) -> Version:
        found = numbered(flows.versions_of(self.run.flow), asked)
        if found is None:
            raise NotFound
        return found


class Change(OneRun):
    role = "manager"

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ChangeForm(request.POST)
        if not form.is_valid():
            return self.shown(form, status=400)
        try:
            flows.change_run(run=self.run, actor=self.user, told=form.changes)
        except Invalid as error:
            form.add_error(error.place or None, error.message)
            return self.shown(form, status=400)
        return self.go("Label and tags are changed.")


class Delete(Steer):
    """Forgets a run that is over. Asks first."""

    template = "web/flows/run/delete.html"

    def get(self, _request: HttpRequest) -> HttpResponse:
        return self.page()

    def post(self, _request: HttpRequest) -> HttpResponse:
        flows.delete_run(run=self.run, actor=self.user)
        self.tell("The run is forgotten, and its log with it.")
        return redirect("web:flows:runs")
