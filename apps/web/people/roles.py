"""Pages on which roles are given and taken back, whatever they are held on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from apps.access import services as access
from apps.access.errors import InvalidPrincipal
from apps.access.services import Roles
from apps.access.types import ALL_AUTHENTICATED, PUBLIC, Resource, parse_principal
from apps.accounts.models import User
from apps.web.pages import Page
from apps.web.people.candidates import candidates, sought
from apps.web.people.names import Name, named

OWNER = "owner"


@dataclass(frozen=True, slots=True)
class Holder:
    """``words`` say what the role lets one do. A role that ``is_fixed`` is not taken back on a page."""

    role: str
    words: str
    name: Name
    is_fixed: bool


@dataclass(frozen=True, slots=True)
class RoleWords:
    """The roles of a kind of resource: ``told`` in words, the widest first; ``wide`` are those that everybody, or all
    who are signed in, may be given; ``refusal`` tells so."""

    told: Mapping[str, str]
    wide: Mapping[str, frozenset[str]]
    refusal: str

    def fits(self, principal: str, role: str) -> bool:
        return principal not in {PUBLIC, ALL_AUTHENTICATED} or role in self.wide.get(principal, ())

    def fitting(self, names: Iterable[Name], roles: Iterable[str]) -> list[Name]:
        """Those who may be given one of the roles."""
        wanted = list(roles)
        return [name for name in names if any(self.fits(name.detail, role) for role in wanted)]

    def holders(self, held: Roles, reader: User) -> list[Holder]:
        names = named({principal for principals in held.values() for principal in principals}, reader)
        return [
            Holder(role, words, names[principal], is_fixed=role == OWNER)
            for role, words in self.told.items()
            for principal in held.get(role, ())
        ]

    @property
    def given(self) -> list[tuple[str, str]]:
        """Those that a page gives, with their words."""
        return [(role, words) for role, words in self.told.items() if role != OWNER]


class RolesPage(Page):
    """Two forms: one that gives a role, and one beside each holder that takes it back. Whoever holds a role can lose
    it; what is refused is giving."""

    roles: ClassVar[RoleWords]

    def resource(self) -> Resource:
        raise NotImplementedError

    def give(self, roles: Roles) -> None:
        """Let exactly these principals have these roles."""
        raise NotImplementedError

    def get(self, _request: HttpRequest) -> HttpResponse:
        return self.shown()

    def post(self, request: HttpRequest) -> HttpResponse:
        role = request.POST.get("role", "")
        if role not in dict(self.roles.given):
            return self.shown(error="Choose what they may do.", status=400)
        try:
            principal = str(parse_principal(request.POST.get("principal", "")))
        except InvalidPrincipal:
            return self.shown(error="Choose whom: one of those that are listed.", status=400)
        others = [one for one in access.principals_with(self.resource()).get(role, ()) if one != principal]
        if "remove" in request.POST:
            return self._give({role: others}, "The role is taken back.")
        if not self.roles.fits(principal, role):
            return self.shown(error=self.roles.refusal, status=400)
        return self._give({role: [*others, principal]}, "The role is given.")

    def _give(self, roles: Roles, message: str) -> HttpResponse:
        self.give(roles)
        self.tell(message)
        return redirect(self.request.path)

    def shown(self, *, error: str = "", status: int = 200) -> HttpResponse:
        find, given = sought(self.request), self.roles.given
        return self.page(
            holders=self.roles.holders(access.principals_with(self.resource()), self.user),
            candidates=self.roles.fitting(candidates(self.user, find), dict(given)),
            find=find,
            roles=given,
            error=error,
            chosen=self.request.POST.get("role", ""),
            picked=self.request.POST.get("principal", ""),
            status=status,
        )
