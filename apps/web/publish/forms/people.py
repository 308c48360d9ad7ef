"""Who may do what with a form: what there is, and changes by those who administer it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from apps.access.errors import InvalidPrincipal
from apps.access.types import ALL_AUTHENTICATED, PUBLIC, parse_principal
from apps.accounts.models import User
from apps.publish import services as publish
from apps.publish.models import Form
from apps.publish.services import FormChanges
from apps.web.files.candidates import candidates
from apps.web.manage.people import Name, named
from apps.web.publish.forms.base import FormPage

MOST_TEXT = 255
WORDS = {
    "owner": "Owns it",
    "administrator": "Changes it",
    "reviewer": "Reviews what is sent in",
    "submitter": "Publishes with it",
    "viewer": "Sees it",
}
FOR_EVERYBODY = frozenset({"submitter", "viewer"})
"""Roles that all who are signed in may be given. Nobody publishes without a name, so none is for the public."""


@dataclass(frozen=True, slots=True)
class Holder:
    role: str
    words: str
    name: Name
    is_fixed: bool


def holders(form: Form, reader: User) -> list[Holder]:
    """With the widest role first."""
    held = {role: publish.principals_with(form.resource, role) for role in WORDS}
    names = named({principal for principals in held.values() for principal in principals}, reader)
    return [
        Holder(role, words, names[principal], is_fixed=role == "owner")
        for role, words in WORDS.items()
        for principal in held[role]
    ]


def is_suited(principal: str, role: str) -> bool:
    """Whether the role can be given to them."""
    return principal not in ({PUBLIC} if role in FOR_EVERYBODY else {PUBLIC, ALL_AUTHENTICATED})


def suited(names: Iterable[Name], role: str) -> list[Name]:
    return [name for name in names if is_suited(name.detail, role)]


class People(FormPage):
    """Two forms: one that gives a role, and one beside each holder that takes it back."""

    template = "web/publish/forms/people.html"

    def get(self, _request: HttpRequest) -> HttpResponse:
        return self.shown()

    def post(self, request: HttpRequest) -> HttpResponse:
        role = request.POST.get("role", "")
        if role not in WORDS or role == "owner":
            return self.shown(error="Choose what they may do.", status=400)
        try:
            principal = str(parse_principal(request.POST.get("principal", "")))
        except InvalidPrincipal:
            return self.shown(error="Choose whom: one of those that are listed.", status=400)
        held = publish.principals_with(self.form.resource, role)
        if "remove" in request.POST:
            return self._give(role, [one for one in held if one != principal], "The role is taken back.")
        if not is_suited(principal, role):
            return self.shown(error="Only publishing and seeing can be for all who are signed in.", status=400)
        return self._give(role, [*held, principal], "The role is given.")

    def _give(self, role: str, principals: list[str], message: str) -> HttpResponse:
        publish.change_form(form=self.form, actor=self.user, told=FormChanges(roles={role: principals}))
        self.tell(message)
        return self.go("people")

    def shown(self, *, error: str = "", status: int = 200) -> HttpResponse:
        find = sought(self.request)
        return self.page(
            holders=holders(self.form, self.user),
            candidates=suited(candidates(self.user, find), "viewer"),
            find=find,
            roles=[(role, words) for role, words in WORDS.items() if role != "owner"],
            error=error,
            chosen=self.request.POST.get("role", ""),
            status=status,
        )


def sought(request: HttpRequest) -> str:
    """The name that is looked for."""
    told = request.POST.get("find") or request.GET.get("find", "")
    return told.replace("\0", "").strip()[:MOST_TEXT]
