"""Who writes a draft with its author, and who is shown it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from apps.access.errors import InvalidPrincipal
from apps.access.types import parse_principal
from apps.publish import services as publish
from apps.web.files.candidates import candidates
from apps.web.manage.people import Name, named
from apps.web.publish.drafts.base import DraftPage

MOST_TEXT = 255
WORDS = {"editor": "Writes it, too", "viewer": "Sees it"}
EVERYBODY = {"public", "all_authenticated_users"}


@dataclass(frozen=True, slots=True)
class Holder:
    role: str
    words: str
    name: Name


class DraftPeople(DraftPage):
    """Two forms: one that gives a role, and one beside each holder that takes it back."""

    role = "author"
    needs_draft = False
    template = "web/publish/drafts/people.html"

    def get(self, _request: HttpRequest) -> HttpResponse:
        return self.shown()

    def post(self, request: HttpRequest) -> HttpResponse:
        role, typed = request.POST.get("role", ""), request.POST.get("principal", "")
        if role not in WORDS:
            return self.shown(error="Choose what they may do.", status=400)
        try:
            principal = str(parse_principal(typed))
        except InvalidPrincipal:
            return self.shown(error="Choose whom: one of those that are listed.", status=400)
        if principal in EVERYBODY:
            return self.shown(error="A draft is shared with people and groups.", status=400)
        held = publish.principals_with(self.draft.resource, role)
        is_gone = "remove" in request.POST
        told = [one for one in held if one != principal] if is_gone else [*held, principal]
        publish.share_submission(submission=self.draft, actor=self.user, roles={role: told})
        self.tell("It is shared no longer." if is_gone else "It is shared.")
        return self.go("people")

    def shown(self, *, error: str = "", status: int = 200) -> HttpResponse:
        find = self.request.GET.get("find", "").replace("\0", "").strip()[:MOST_TEXT]
        held = {role: publish.principals_with(self.draft.resource, role) for role in WORDS}
        names = named({one for principals in held.values() for one in principals}, self.user)
        return self.page(
            holders=[Holder(role, WORDS[role], names[one]) for role, principals in held.items() for one in principals],
            candidates=[one for one in candidates(self.user, find) if one.detail not in EVERYBODY],
            find=find,
            roles=list(WORDS.items()),
            error=error,
            chosen=self.request.POST.get("role", "editor"),
            status=status,
        )
