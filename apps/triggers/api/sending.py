"""What is told to triggers: messages of their owners, and signed requests of anybody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from django.utils import timezone
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request
from rest_framework.response import Response

from apps.common.parsing import id_in
from apps.triggers import forms
from apps.triggers import services as triggers
from apps.triggers.api import shapes
from apps.triggers.api.base import TriggersView
from apps.triggers.errors import NotSigned
from apps.triggers.services.scopes import scope


class Messages(TriggersView):
    scopes_to_write: ClassVar[tuple[str, ...]] = (scope("send"), scope("all"))

    def post(self, request: Request, trigger_id: str) -> Response:
        """A message that was sent before is answered by what became of it."""
        trigger = self.trigger(trigger_id)
        message = forms.message_of(request.data)
        firing, is_new = triggers.send_message(trigger=trigger, message=message, now=timezone.now())
        return Response(shapes.firing(firing), status=202 if is_new else 200)


class Webhook(TriggersView):
    """Nobody signs in: the signature says that the request is by whoever has the secret. It is told nothing of runs."""

    authentication_classes: Sequence[type[BaseAuthentication]] = ()

    def post(self, request: Request, trigger_id: str) -> Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        _firing, is_new = triggers.receive_webhook(
            id_in(trigger_id, NotSigned), headers=headers, body=request.body, now=timezone.now()
        )
        return Response({"is_new": is_new}, status=202)
