"""Who is to see a draft once it is published: what can be chosen, and what is."""

from __future__ import annotations

from dataclasses import dataclass

from apps.accounts.models import User
from apps.publish import services as publish
from apps.publish.models import Submission
from apps.publish.types import Wanted
from apps.web.publish.drafts.seen import Promise, audiences, promises
from apps.web.who import Who


@dataclass(frozen=True, slots=True)
class Choice:
    name: str
    title: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Visibility:
    choices: tuple[Choice, ...]
    who: Who
    promises: list[Promise]
    embargo: str
    may_embargo: bool
    error: str = ""


def visibility_of(draft: Submission, user: User, wanted: Wanted, *, is_judged: bool) -> Visibility:
    """``wanted`` may not be saved yet; what is wrong with what is saved is told if it ``is_judged``."""
    document = publish.document_for(draft)
    faults = publish.faults_of(draft) if is_judged else []
    return Visibility(
        choices=tuple(Choice(one.name, one.title, one.name == wanted.choice) for one in document.choices),
        who=audiences(draft, user, wanted)[""],
        promises=promises(document, user),
        embargo=wanted.embargo,
        may_embargo=document.may_embargo,
        error=next((one.message for one in faults if one.pointer == "/visibility"), ""),
    )
