"""Publications that cannot be taken back, and records that cannot be withdrawn everywhere, and what they wait for."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from apps.publish import services as publish
from apps.publish.models import Submission
from apps.publish.services import Delay
from apps.web.administration.base import AdminPage
from apps.web.administration.names import names_of, principal_link
from apps.web.context import Link


@dataclass(frozen=True, slots=True)
class Line:
    """One of them, and who can help."""

    submission: Submission
    delay: Delay
    helpers: list[Link]


class Delays(AdminPage):
    section = "delays"
    template = "web/administration/delays.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        found = [(one, delay) for one in publish.delayed() if (delay := publish.delay_of(one))]
        names = names_of(principal for _, delay in found for principal in delay.helpers)
        lines = [Line(one, delay, [principal_link(who, *names) for who in delay.helpers]) for one, delay in found]
        return self.page(lines=lines)
