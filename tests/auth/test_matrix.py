"""Who is let in where: every route of the API, as the URL conf has it, for every kind of token."""

import uuid
from datetime import timedelta

import pytest
from django.urls import URLResolver, get_resolver
from django.utils import timezone

from apps.accounts.models import Application, Grant, Token
from apps.accounts.services.secrets import hash_of, new_secret
from apps.common.api import ApiView, NoSuchRoute
from tests.api.conftest import index

__all__ = ["index"]
pytestmark = pytest.mark.django_db

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
OPEN = {
    "api/auth/.well-known/openid-configuration",
    "api/auth/jwk.json",
    "api/auth/v2/api/clients",
    "api/auth/v2/api/clients/<uuid:client_id>",
    "api/auth/v2/oauth2/device_authorization",
    "api/auth/v2/oauth2/token",
    "api/auth/v2/oauth2/token/introspect",
    "api/auth/v2/oauth2/token/revoke",
    "api/auth/v2/oauth2/token/validate",
    "api/triggers/triggers/<str:trigger_id>/webhook",
}
"""Where programs show who they are in the request itself, or need not."""
PAGES = {"api/auth/v2/oauth2/authorize", "api/auth/v2/web/auth-code", "api/auth/v2/web/logout"}
"""Where browsers are sent; they have sessions and no tokens."""


def walk(patterns, prefix=""):
    for one in patterns:
        route = prefix + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from walk(one.url_patterns, route)
        else:
            yield route, one.callback


OF_A_FLOW = {
    *(f"api/flows/flows/<str:flow_id>/{what}" for what in ("run", "validate_run")),
    *(f"api/flows/{what}/<str:run_id>/resume" for what in ("runs", "flows/<str:flow_id>")),
}
"""Where a token of the flow's own is needed (tests/flows/api/test_scopes.py)."""

VIEWS = {route: callback for route, callback in walk(get_resolver().url_patterns) if route.startswith("api/")}
DOORS = [
    pytest.param(route, callback.cls, method, id=f"{method} {route}")
    for route, callback in VIEWS.items()
    if route not in OPEN | PAGES and not issubclass(callback.cls, NoSuchRoute)
    for method in METHODS
    if hasattr(callback.cls, method.lower())
]


def address(route, index):
    """The route with an index that there is, and other names that there are not."""
    parts = []
    for part in f"/{route}".split("/"):
        kind, _, name = part.strip("<>").rpartition(":")
        known = {"index_id": str(index.pk), "rest": "nothing", "path": "title"}
        parts.append(known.get(name, str(uuid.UUID(int=7))) if part.startswith("<") or kind else part)
    return "/".join(parts)


@pytest.fixture
def call(client, alice, index):
    """Calls a door with a token of this resource server and these scopes; tells the status and the answer."""
    application = Application.objects.create(name="any", kind="confidential", owner=alice)
    grant = Grant.objects.create(user=alice, application=application, created_at=timezone.now())

    def call(route, method, resource_server=None, scope="", **changed):
        headers = {}
        if resource_server is not None:
            secret = new_secret()
            lasting = {"kind": "access", "expires_at": timezone.now() + timedelta(hours=1), **changed}
            Token.objects.create(
                user=alice,
                application=application,
                grant=grant,
                hash=hash_of(secret),
                resource_server=resource_server,
                scope=scope,
                **lasting,
            )
            headers["Authorization"] = f"Bearer {secret}"
        response = client.generic(method, address(route, index), b"{}", "application/json", headers=headers)
        told = response.json() if "json" in response.get("Content-Type", "") else {}
        return response.status_code, told if isinstance(told, dict) else {}

    return call


def enough(view, method):
    scopes = view.scopes_to_read if method in view.reads else view.scopes_to_write
    return scopes or ("anything",)


def test_every_door_of_the_api_says_where_it_belongs():
    assert set(VIEWS) >= OPEN | PAGES
    for param in DOORS:
        assert issubclass(param.values[1], ApiView), param.id
        assert param.values[1].resource_server, param.id


@pytest.mark.parametrize(("route", "view", "method"), DOORS)
def test_nobody_is_served_as_nobody_or_turned_away(call, route, view, method):
    status, told = call(route, method)

    assert status < 500
    assert status != 403 or told.get("code") != "ConsentRequired"


@pytest.mark.parametrize(("route", "view", "method"), DOORS)
def test_a_token_of_another_service_is_worth_nothing(call, route, view, method):
    for other in ("auth.globus.org", "search.api.globus.org", "groups.api.globus.org", str(uuid.uuid4())):
        if other != view.resource_server:
            status, told = call(route, method, other, " ".join(enough(view, method)))
            assert status == 401, told


@pytest.mark.parametrize(("route", "view", "method"), DOORS)
def test_a_token_without_the_scope_is_told_which_one_to_ask_for(call, route, view, method):
    status, told = call(route, method, view.resource_server, "urn:another")

    if not (view.scopes_to_read if method in view.reads else view.scopes_to_write):
        assert status != 401
        return
    told = told if "code" in told else told["errors"][0]  # as JSON:API has it
    assert (status, told["code"]) == (403, "ConsentRequired")
    assert set(told["authorization_parameters"]["required_scopes"]) <= set(enough(view, method))


@pytest.mark.parametrize(("route", "view", "method"), DOORS)
def test_a_token_that_was_revoked_or_has_ended_is_worth_nothing(call, route, view, method):
    scope, now = " ".join(enough(view, method)), timezone.now()

    assert call(route, method, view.resource_server, scope, revoked_at=now)[0] == 401
    assert call(route, method, view.resource_server, scope, expires_at=now)[0] == 401
    assert call(route, method, view.resource_server, scope, kind="refresh")[0] == 401


@pytest.mark.parametrize(("route", "view", "method"), DOORS)
def test_each_of_the_right_scopes_is_let_in(call, route, view, method):
    if route in OF_A_FLOW:
        assert call(route, method, view.resource_server, "anything")[0] in {403, 404}
        return
    for scope in enough(view, method):
        status, told = call(route, method, view.resource_server, scope)
        assert status not in {401, 500}, told
        assert told.get("code") != "ConsentRequired", told
