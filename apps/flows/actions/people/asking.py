"""What is the same for all questions to people."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string

from apps.access import services as access
from apps.access.types import parse_principal
from apps.accounts import services as accounts
from apps.flows.actions.base import Asking
from apps.flows.models import WebInput
from apps.flows.types import Order, Progress, Status

MOST_MAILS = 50
log = logging.getLogger(__name__)
PRINCIPALS = {"type": "array", "items": {"type": "string"}, "uniqueItems": True}
PEOPLE: dict[str, Any] = {
    "respondents": {**PRINCIPALS, "title": "Who may answer", "description": "Who runs the flow, unless told."},
    "viewers": {**PRINCIPALS, "title": "Who may see it"},
    "notify": {"type": "boolean", "default": True, "title": "Write to those who may answer"},
}


class Question(Asking):
    """A question that one of several people answers, once. The same order asks it once, however often it is begun."""

    def look(self, order: Order) -> Progress:
        return self.how_it_is(WebInput.objects.get(action_id=order.id))

    def cancel(self, order: Order) -> Progress:
        """Nobody can answer it any more."""
        WebInput.objects.filter(action_id=order.id, status=WebInput.Status.OPEN).update(
            status=WebInput.Status.CLOSED, edited_at=order.now, closed_at=order.now
        )
        return Progress.failed("The question was called back before anybody answered.")

    def asked(
        self, order: Order, question: WebInput, respondents: Sequence[str], viewers: Sequence[str] = ()
    ) -> Progress:
        """Open the question to these principals, and write to those who may answer it."""
        known = WebInput.objects.filter(action_id=order.id).first()
        if known is None:
            question.action_id = order.id
            question.created_at = question.edited_at = order.now
            with transaction.atomic():
                question.save(force_insert=True)
                self.complete(question, order)
                for role, principals in (("respondent", respondents), ("viewer", viewers)):
                    for principal in principals:
                        access.grant(question.resource, role, principal, actor=order.actor)
        question = known or question
        if not question.is_told and order.body.get("notify", True):
            _tell(question, order, respondents)
        return self.how_it_is(question)

    def complete(self, question: WebInput, order: Order) -> None:
        """Add what else belongs to the question, in the same transaction."""

    def how_it_is(self, question: WebInput) -> Progress:
        if question.is_open:
            told = {"web_input_id": str(question.pk), "url": link_to(question), **self.links(question)}
            return Progress(
                status=Status.ACTIVE, details=told, display_status="Waits for a person", awaits=f"input:{question.pk}"
            )
        if question.response is None:
            return Progress.failed("The question was closed before anybody answered.")
        return Progress(details=self.answer(question))

    def links(self, question: WebInput) -> dict[str, Any]:
        """Other ways to the question, told while it is open."""
        return {}

    def answer(self, question: WebInput) -> dict[str, Any]:
        """What the answer is to the run."""
        raise NotImplementedError


def link_to(question: WebInput) -> str:
    """The page on which it is answered."""
    return f"{settings.PUBLIC_URL}/flows/inputs/{question.pk}/"  # a page of an app above


def _tell(question: WebInput, order: Order, respondents: Sequence[str]) -> None:
    """A mail server that is away does not hold the run up: those who may answer find the question on their pages."""
    addresses = accounts.addresses_of(parse_principal(one).id for one in respondents)[:MOST_MAILS]
    told = {"question": question, "order": order, "link": link_to(question), "facility": settings.FACILITY}
    subject = " ".join(question.title.split())
    try:
        for address in addresses:
            send_mail(subject, render_to_string("flows/email/question.txt", told), None, [address])
    except OSError as error:
        log.warning("the question %s could not be told to all who may answer: %s", question.pk, error)
    question.is_told = True
    question.save(update_fields=["is_told"])
