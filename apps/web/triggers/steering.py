"""What people do with a trigger: forms, each of which leads back to its page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from apps.triggers import services as triggers
from apps.triggers.models import Trigger
from apps.web.triggers.base import TriggerPage
from apps.web.triggers.page import feed_url, webhook_url


class Begin(TriggerPage):
    def post(self, _request: HttpRequest) -> HttpResponse:
        is_first = self.trigger.active_since is None
        triggers.begin_trigger(trigger=self.trigger, now=timezone.now())
        return self.go("The trigger waits from now on." if is_first else "The trigger goes on where it was.")


class Pause(TriggerPage):
    def post(self, _request: HttpRequest) -> HttpResponse:
        triggers.pause_trigger(trigger=self.trigger)
        return self.go("The trigger rests, and keeps its place. What it started goes on.")


class NewSecret(TriggerPage):
    """Shown on the answer to this request, and never again."""

    template = "web/triggers/secret.html"

    def post(self, _request: HttpRequest) -> HttpResponse:
        secret = triggers.new_secret(trigger=self.trigger)
        if self.trigger.kind == Trigger.Kind.WEBHOOK:
            return self.page(secret=secret, address=webhook_url(self.trigger))
        return self.page(feed=f"{feed_url(self.trigger)}?key={secret}")


class Delete(TriggerPage):
    """Asks first."""

    template = "web/triggers/delete.html"

    def get(self, _request: HttpRequest) -> HttpResponse:
        return self.page()

    def post(self, _request: HttpRequest) -> HttpResponse:
        triggers.delete_trigger(trigger=self.trigger)
        self.tell(f"“{self.trigger}” is deleted. What it started goes on.")
        return redirect("web:triggers:triggers")
