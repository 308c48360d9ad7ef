"""Who people are: the caller, and those whom the caller names."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.api import serializers
from apps.accounts.api.base import AuthView, auth_scopes
from apps.accounts.authentication import ApplicationSecret, BearerToken
from apps.accounts.errors import NoSuchProvider
from apps.accounts.models import Token
from apps.accounts.services.consents import standing_consents
from apps.accounts.services.identities import provision
from apps.accounts.services.people import identities_by_id, identities_of, identities_with_usernames
from apps.common.errors import ConsentRequired, Invalid, NotFound
from apps.common.parsing import is_true, uuid_in, words_in

MOST = 100


class UserInfo(AuthView):
    """A7: who the caller is, as far as the token allows it to be told."""

    scopes_to_read = scopes_to_write = ("openid",)
    reads = AuthView.reads | {"POST"}  # OpenID Connect lets clients choose.

    def get(self, request: Request) -> Response:
        allowed = self.shown.scopes if self.shown and self.shown.resource_server else None
        return Response(serializers.userinfo(self.user, identities_of(self.user), allowed))

    post = get


class Identities(AuthView):
    """A10: identities by id or username. Whoever is unknown is left out, so that nothing is told of who might be."""

    authentication_classes = [BearerToken, ApplicationSecret]

    def get(self, request: Request) -> Response:
        _ = self.user
        ids, usernames = (words_in(request.query_params.get(name, "")) for name in ("ids", "usernames"))
        if bool(ids) == bool(usernames):
            raise Invalid("Name identities either by `ids` or by `usernames`, with commas between them.")
        if len(ids or usernames) > MOST:
            raise Invalid(f"Name at most {MOST} identities a request.", place="ids" if ids else "usernames")
        if is_true(request.query_params.get("provision", "")):
            _provision(usernames)
        by_id = identities_by_id(uuid_in(one, "ids") for one in ids)
        found = by_id.values() if ids else identities_with_usernames(usernames)
        return Response(serializers.identities(found, include=request.query_params.get("include", "")))


class Consents(AuthView):
    """A11: what the caller lets the asking application do; with ``all``, and a scope of its own, every application."""

    scopes_to_see_all = auth_scopes("view_consents", "manage_projects")
    scopes_to_read = ("openid", *auth_scopes("view_identity_set"), *scopes_to_see_all)

    def get(self, request: Request, identity_id: str) -> Response:
        identities = identities_of(self.user)
        if identity_id not in {str(identity.pk) for identity in identities}:
            raise NotFound("These are not consents of yours.")
        application = self.shown.application if isinstance(self.shown, Token) else None
        wants_all = is_true(request.query_params.get("all", ""))
        if wants_all and application and self.shown and self.shown.scopes.isdisjoint(self.scopes_to_see_all):
            raise ConsentRequired(details={"required_scopes": [self.scopes_to_see_all[0]]})
        standing = standing_consents(self.user, application=None if wants_all else application)
        return Response({"consents": [serializers.consent(one, identities[0]) for one in standing]})


class IdentityProviders(AuthView):
    """A14: where identities come from."""

    authentication_classes = [BearerToken, ApplicationSecret]

    def get(self, request: Request) -> Response:
        ids, domains = (words_in(request.query_params.get(name, "")) for name in ("ids", "domains"))
        known = serializers.identity_providers()
        wanted = [one for one in known if not ids or one["id"] in ids]
        return Response(
            {"identity_providers": [one for one in wanted if not domains or set(one["domains"]) & set(domains)]}
        )


def _provision(usernames: list[str]) -> None:
    """Make known who has not come yet, where a provider of this portal gives such names."""
    for username in usernames:
        try:
            provision(username)
        except NoSuchProvider:
            continue
