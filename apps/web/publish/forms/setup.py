"""Where a form publishes to, and who may submit and reviews: all that it needs before it is opened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse

from apps.access.errors import InvalidPrincipal
from apps.access.types import parse_principal
from apps.accounts.models import User
from apps.publish import services as publish
from apps.publish.errors import FormNotSetUp, InvalidForm
from apps.publish.services import FormChanges
from apps.publish.types import Fault
from apps.search import services as search
from apps.storage import services as storage
from apps.web.people.candidates import candidates, sought
from apps.web.people.names import named
from apps.web.publish.forms import people
from apps.web.publish.forms.base import FormPage
from apps.web.publish.forms.page import IDENTIFIERS

MOST_COLLECTIONS = 200
WRITERS = frozenset({"owner", "admin", "writer"})
PLACES = {
    "index": ("Index", "What is published is found there."),
    "collection": ("Collection", "Files are copied there."),
    "identifier": ("Identifier", "The name that others cite."),
}
ROLES = {"submitter": "Who may publish with it", "reviewer": "Who reviews what is sent in"}
HINTS = {
    "submitter": "They need no right on the index or the collection: the form publishes in your name.",
    "reviewer": "With nobody, what is sent in is published at once. Nobody reviews what they wrote themselves.",
}


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    is_chosen: bool
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A list of options under one name, such as those who may submit."""

    name: str
    label: str
    hint: str
    options: list[Option]
    error: str = ""


class Setup(FormPage):
    """Each button sends the whole form: one looks for a name, one saves, one saves and opens."""

    template = "web/publish/forms/setup.html"

    def get(self, _request: HttpRequest) -> HttpResponse:
        held = {role: publish.principals_with(self.form.resource, role) for role in ROLES}
        return self.shown(self.document, held)

    def post(self, request: HttpRequest) -> HttpResponse:
        places = {name: request.POST.get(name, "") for name in PLACES}
        document = {**self.document, **places}
        document = {name: value for name, value in document.items() if name not in places or value}
        ticked = {role: list(_right(request.POST.getlist(role), role)) for role in ROLES}
        button = request.POST.get("do", "")
        if button not in {"save", "open"}:
            return self.shown(document, ticked)
        told = FormChanges(document=document, roles=ticked, is_open=True if button == "open" else None)
        try:
            publish.change_form(form=self.form, actor=self.user, told=told)
        except InvalidForm as error:
            return self.shown(document, ticked, faults=error.faults, status=400)
        except FormNotSetUp as error:
            return self.shown(document, ticked, problem=error.message, status=409)
        self.tell("The form is open." if button == "open" else "Saved.")
        return self.go()

    def shown(
        self,
        document: dict[str, Any],
        held: dict[str, list[str]],
        *,
        faults: Iterable[Fault] = (),
        problem: str = "",
        status: int = 200,
    ) -> HttpResponse:
        find, errors = sought(self.request), {fault.pointer.removeprefix("/"): fault.message for fault in faults}
        rest = [message for name, message in errors.items() if name not in PLACES]
        known = {
            "index": _indexes(self.user),
            "collection": _collections(self.user),
            "identifier": list(IDENTIFIERS.items()),
        }
        return self.page(
            groups=[_places(name, known[name], document, errors.get(name, "")) for name in PLACES],
            people=[self._people(role, held[role], find) for role in ROLES],
            find=find,
            problem=problem or " ".join(rest),
            status=status,
        )

    def _people(self, role: str, ticked: list[str], find: str) -> Group:
        """Those who have the role or are ticked, and those who are found."""
        known = publish.principals_with(self.form.resource, role)
        names = {**named({*known, *ticked}, self.user)}
        found = people.ROLES.fitting((one for one in candidates(self.user, find) if one.detail not in names), [role])
        options = [Option(one.detail, one.text, one.detail in ticked, one.kind) for one in [*names.values(), *found]]
        return Group(role, ROLES[role], HINTS[role], options)


def _places(name: str, known: list[tuple[str, str]], document: dict[str, Any], error: str) -> Group:
    """What is chosen is always among them: another administrator may have chosen it."""
    chosen, (label, hint) = document.get(name, ""), PLACES[name]
    if chosen and chosen not in dict(known):
        known = [*known, (chosen, f"as it is ({chosen})")]
    return Group(name, label, hint, [Option(value, text, value == chosen) for value, text in known], error)


def _indexes(user: User) -> list[tuple[str, str]]:
    return [(str(one.pk), one.display_name) for one, roles in search.open_indexes(actor=user) if WRITERS & set(roles)]


def _collections(user: User) -> list[tuple[str, str]]:
    found = storage.find_collections(user)[:MOST_COLLECTIONS]
    return [(str(one.pk), one.name) for one in found if storage.administers(user, one)]


def _right(told: Iterable[str], role: str) -> Iterable[str]:
    """Those of the principals that are any, and may have the role."""
    for one in told:
        try:
            parse_principal(one)
        except InvalidPrincipal:
            continue
        if people.ROLES.fits(one, role):
            yield one
