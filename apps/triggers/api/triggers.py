"""Triggers: one's own, made, tried, changed, begun, paused, deleted, and what they did."""

from __future__ import annotations

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from apps.common.listing import listing
from apps.common.markers import Order, page_from
from apps.triggers import forms
from apps.triggers import services as triggers
from apps.triggers.api import shapes
from apps.triggers.api.base import TriggersView

OLDEST = (Order("made_at"), Order("id"))
NEWEST = (Order("at", is_descending=True), Order("id", is_descending=True))
LAST_SEEN = (Order("seen_at", is_descending=True), Order("id", is_descending=True))


class Triggers(TriggersView):
    def get(self, request: Request) -> Response:
        user = self.user
        asked = listing(request.query_params, "triggers", OLDEST)
        page = page_from(triggers.find_triggers(actor=user), asked.place, asked.most)
        return Response(
            {"triggers": [shapes.trigger(one) for one in page.rows], "marker": asked.marker(page.following)}
        )

    def post(self, request: Request) -> Response:
        """It rests until it is begun. The secret of a webhook is told here, and never again."""
        user = self.user
        made = triggers.create_trigger(actor=user, told=forms.trigger_of(request.data), now=timezone.now())
        secret = {"secret": triggers.new_secret(trigger=made)} if made.kind == made.Kind.WEBHOOK else {}
        return Response({**shapes.trigger(made), **secret}, status=201)


class Try(TriggersView):
    def post(self, request: Request) -> Response:
        user = self.user
        told, sample = forms.sample_of(request.data)
        trial = triggers.try_trigger(actor=user, told=told, sample=sample, now=timezone.now())
        return Response(shapes.trial(trial))


class OneTrigger(TriggersView):
    def get(self, request: Request, trigger_id: str) -> Response:
        return Response(shapes.trigger(self.trigger(trigger_id)))

    def put(self, request: Request, trigger_id: str) -> Response:
        trigger = self.trigger(trigger_id)
        told = forms.trigger_of(request.data)
        return Response(shapes.trigger(triggers.change_trigger(trigger=trigger, told=told, now=timezone.now())))

    def delete(self, request: Request, trigger_id: str) -> Response:
        triggers.delete_trigger(trigger=self.trigger(trigger_id))
        return Response(status=204)


class Begin(TriggersView):
    def post(self, request: Request, trigger_id: str) -> Response:
        begun = triggers.begin_trigger(trigger=self.trigger(trigger_id), now=timezone.now())
        return Response(shapes.trigger(begun))


class Pause(TriggersView):
    def post(self, request: Request, trigger_id: str) -> Response:
        return Response(shapes.trigger(triggers.pause_trigger(trigger=self.trigger(trigger_id))))


class Secret(TriggersView):
    """Of a webhook: a new one, told once."""

    def post(self, request: Request, trigger_id: str) -> Response:
        return Response({"secret": triggers.new_secret(trigger=self.trigger(trigger_id))})


class Firings(TriggersView):
    def get(self, request: Request, trigger_id: str) -> Response:
        trigger = self.trigger(trigger_id)
        asked = listing(request.query_params, "firings", NEWEST)
        page = page_from(triggers.firings_of(trigger), asked.place, asked.most)
        return Response({"firings": [shapes.firing(one) for one in page.rows], "marker": asked.marker(page.following)})


class Files(TriggersView):
    def get(self, request: Request, trigger_id: str) -> Response:
        trigger = self.trigger(trigger_id)
        asked = listing(request.query_params, "files", LAST_SEEN)
        page = page_from(triggers.files_of(trigger), asked.place, asked.most)
        told = [shapes.file(one) for one in page.rows]
        counts = triggers.counts_of_files(trigger)
        return Response({"files": told, "counts": counts, "marker": asked.marker(page.following)})
