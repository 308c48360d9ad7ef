"""What a run waits for people to answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from apps.access.services import Actor
from apps.flows import services as flows
from apps.flows.models import Run, WebInput
from apps.web.context import Link
from apps.web.flows.signs import Sign

MOST = 20


@dataclass(frozen=True, slots=True)
class Asking:
    """Open questions: how many, in which states, and the pages of those that the reader may see."""

    count: int
    states: frozenset[str]
    links: Sequence[Link]

    def over(self, sign: Sign) -> Sign:
        """How the run is, of which the sign is told: it waits if it asks, unless something else holds it up."""
        return Sign.WAITING if self.count and sign is Sign.ACTIVE else sign


def asking_of(run: Run, actor: Actor) -> Asking:
    open_ones = WebInput.objects.filter(action__run=run, action__completed_at=None, status=WebInput.Status.OPEN)
    asked = list(open_ones.select_related("action")[:MOST])
    links = [Link(one.title, reverse("web:flows:question", args=[one.pk])) for one in asked if _may_see(actor, one)]
    return Asking(len(asked), frozenset(one.action.state_name for one in asked), links)


def _may_see(actor: Actor, question: WebInput) -> bool:
    return bool(flows.roles_on_input(actor, question))
