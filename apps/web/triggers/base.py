"""What the pages of triggers share: they are for who is signed in, and another's trigger is not there."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from apps.accounts.models import User
from apps.triggers import services as triggers
from apps.triggers.models import Trigger
from apps.web.pages import SignedInPage


class TriggerPage(SignedInPage):
    """A page of one trigger."""

    trigger: Trigger

    def dispatch(self, request: HttpRequest, *args: object, **parts: object) -> HttpResponseBase:
        trigger_id = parts.pop("trigger_id")
        if isinstance(request.user, User):
            self.trigger = triggers.get_trigger(UUID(str(trigger_id)), actor=request.user)
        return super().dispatch(request, *args, **parts)

    def page(self, *, template: str = "", status: int = 200, **values: object) -> HttpResponse:
        return super().page(template=template, status=status, trigger=self.trigger, **values)

    def go(self, message: str) -> HttpResponse:
        """To the page of the trigger, which says that something was done."""
        self.tell(message)
        return redirect("web:triggers:trigger", self.trigger.pk)
