"""Questions to people: found, and answered."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from apps.access import services as access
from apps.access.services import Actor
from apps.accounts.models import User
from apps.common.errors import NotAllowed
from apps.flows import engine, tasks
from apps.flows.errors import NoSuchInput, StateConflict
from apps.flows.models import WebInput, WebOption
from apps.flows.services.schemas import require_value


def get_input(input_id: UUID, *, actor: Actor) -> WebInput:
    """
    Raises:
        NoSuchInput: there is none, or the actor may not see it.
    """
    found = WebInput.objects.select_related("action__run__flow").filter(pk=input_id).first()
    return _seen(found, actor)


def input_of_page(suffix: str, *, actor: Actor) -> WebInput:
    """The open question whose page has this word. Raises NoSuchInput."""
    return _seen(WebInput.objects.filter(suffix=suffix, status=WebInput.Status.OPEN).first() if suffix else None, actor)


def option_with_link(suffix: str, *, actor: Actor) -> WebOption:
    """The option of an open question whose link has this word. Raises NoSuchInput."""
    options = WebOption.objects.select_related("web_input").filter(web_input__status=WebInput.Status.OPEN)
    found = options.filter(suffix=suffix).first() if suffix else None
    _seen(found.web_input if found else None, actor)
    assert found is not None
    return found


def visible_inputs(actor: Actor, roles: tuple[str, ...] = ()) -> dict[UUID, frozenset[str]]:
    """The ids of questions on which the actor has one of these roles (or any), with all that they have."""
    return access.resources_with_role(actor, "web_input", roles or None)


def roles_on_input(actor: Actor, question: WebInput) -> list[str]:
    """``viewer`` and ``respondent``, as they have them."""
    return [role for role in ("viewer", "respondent") if access.may(actor, role, question.resource)]


def respond(*, question: WebInput, actor: User, value: Any, comment: str = "") -> WebInput:
    """Answer, and let the run go on.

    Raises:
        NotAllowed: the actor may see the question and not answer it.
        StateConflict: somebody has answered already.
        InvalidInput: the answer is not what is asked for.
    """
    if not access.may(actor, "respondent", question.resource):
        raise NotAllowed("You may see this question and not answer it. Ask who runs the flow.")
    require_value(question.schema, value)
    now = timezone.now()
    answer = {"response": value, "comment": comment, "responded_by": access.principal_of(actor)}
    with transaction.atomic():
        still_open = WebInput.objects.filter(pk=question.pk, status=WebInput.Status.OPEN)
        if not still_open.update(status=WebInput.Status.CLOSED, edited_at=now, closed_at=now, **answer):
            raise StateConflict("Somebody has answered already.")
        for action in engine.announce(f"input:{question.pk}", now):
            tasks.ring_action(action)
    question.refresh_from_db()
    return question


def _seen(found: WebInput | None, actor: Actor) -> WebInput:
    if found is None or not access.may(actor, "viewer", found.resource):
        raise NoSuchInput
    return found
