"""Questions to people as one person is told of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from apps.access import services as access
from apps.access.services import Actor, by_role
from apps.flows.models import WebInput
from apps.flows.services.telling import Principals, Reader
from apps.flows.types import INPUT_ROLES


@dataclass(frozen=True, slots=True)
class InputTold:
    """``roles`` are those that the reader was given."""

    question: WebInput
    principals: Principals
    roles: tuple[str, ...]

    def who(self, role: str) -> list[str]:
        """Who has the role: whoever is asked is told who else is."""
        return list(self.principals.get(role, ()))


def tell_of_inputs(questions: Iterable[WebInput], actor: Actor) -> list[InputTold]:
    """``action.run`` should be at hand."""
    several = list(questions)
    reader = Reader(actor)
    held = access.roles_on_each("web_input", [one.pk for one in several])
    return [InputTold(one, by_role(held[one.pk]), reader.given(held[one.pk], INPUT_ROLES)) for one in several]


def tell_of_input(question: WebInput, actor: Actor) -> InputTold:
    return tell_of_inputs([question], actor)[0]
