"""What forms look up by name: indexes and collections, of which a run is told the id, and flows that may be started.

A schema marks such a member with ``"x-vocabulary": "indexes"``, ``"collections"`` or ``"flows"`` beside
``"format": "uuid"``; ``"format": "globus-collection-id"`` of the public clients' schemas is the same as the latter.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from apps.accounts.models import User
from apps.common.errors import NotFound, PortalError
from apps.flows import services as flows
from apps.flows.types import FLOW_ROLES
from apps.search import services as search
from apps.storage import services as storage
from apps.web.pages import SignedInPage
from apps.web.schema_forms.vocabularies import Term, Vocabularies, answer

WRITERS = frozenset({"owner", "admin", "writer"})


@dataclass(frozen=True)
class Things:
    """A vocabulary whose terms are ids. Each id may be written, too: whether there is such a thing, and may be used,
    the run is told."""

    name: ClassVar[str]
    user: User
    is_open: bool = False

    @property
    def url(self) -> str:
        return reverse("web:flows:terms", args=[self.name])

    def has(self, value: str) -> bool:
        with suppress(ValueError):
            return bool(UUID(value))
        return False

    def find(self, text: str, most: int) -> list[Term]:
        raise NotImplementedError


class Indexes(Things):
    """Those that the user may write to come first: most flows are to tell an index of something."""

    name = "indexes"

    def find(self, text: str, most: int) -> list[Term]:
        words = text.casefold().split()
        found = [
            Term(str(index.pk), index.display_name, "" if WRITERS & set(roles) else "you may only read it")
            for index, roles in search.open_indexes(actor=self.user)
            if str(index.pk) == text or all(word in index.display_name.casefold() for word in words)
        ]
        return sorted(found, key=lambda term: bool(term.detail))[:most]


class Collections(Things):
    name = "collections"

    def find(self, text: str, most: int) -> list[Term]:
        if self.has(text):
            with suppress(PortalError):
                one = storage.get_collection(UUID(text), actor=self.user)
                return [Term(str(one.pk), one.name)]
        found = storage.find_collections(self.user, text=text)[:most]
        return [Term(str(one.pk), one.name, one.description[:100]) for one in found]


class Flows(Things):
    """Those that the user may start."""

    name = "flows"

    def find(self, text: str, most: int) -> list[Term]:
        found = flows.flows_seen_by(self.user, FLOW_ROLES["starter"])
        if self.has(text):
            found = found.filter(pk=UUID(text))
        else:
            for word in text.split():
                found = found.filter(title__icontains=word)
        return [Term(str(one.pk), one.title, one.subtitle[:100]) for one in found.order_by("title", "pk")[:most]]


KINDS = {"indexes": Indexes, "collections": Collections, "flows": Flows}


def vocabularies_of(user: User) -> Vocabularies:
    return {name: kind(user) for name, kind in KINDS.items()}


class TermsFound(SignedInPage):
    """The options that go with what is written, for the script."""

    def get(self, request: HttpRequest, name: str) -> HttpResponse:
        if name not in KINDS:
            raise NotFound
        return answer(KINDS[name](self.user), request)
