"""Programs of the field against the authorization server: what a person's browser does is done by Django's client."""

from contextlib import ExitStack, closing
from urllib.parse import parse_qs, urlsplit

import globus_sdk
import pytest
from django.test import Client

from apps.accounts.services import applications
from tests.api.conftest import server

__all__ = ["server"]

SEARCH_ALL = "urn:globus:auth:scope:search.api.globus.org:all"
SEARCH_ONLY = "urn:globus:auth:scope:search.api.globus.org:search"
GROUPS_ALL = "urn:globus:auth:scope:groups.api.globus.org:all"
WEB = "https://gateway.example.org/back"


@pytest.fixture
def portal(server, settings):
    """The portal at its own address, as it tells it."""
    settings.PUBLIC_URL = server.url
    return server.url


@pytest.fixture
def confidential(portal):
    """Makes the SDK's client for an application and its secret."""
    with ExitStack() as stack:

        def make(client_id, secret):
            made = globus_sdk.ConfidentialAppAuthClient(str(client_id), secret, base_url=f"{portal}/api/auth/")
            stack.callback(made.close)
            return made

        yield make


@pytest.fixture
def service(alice, confidential):
    """A script of Alice's that acts for itself."""
    application, secret = applications.make_application(owner=alice, name="nightly", kind="service")
    return confidential(application.pk, secret)


@pytest.fixture
def gateway(alice, confidential):
    """A web application of Alice's."""
    application, secret = applications.make_application(
        owner=alice, name="gateway", kind="confidential", redirect_uris=[WEB]
    )
    return confidential(application.pk, secret)


@pytest.fixture
def program(alice, portal):
    """A program on people's own machines."""
    application, _ = applications.make_application(owner=alice, name="program", kind="native")
    with closing(globus_sdk.NativeAppAuthClient(str(application.pk), base_url=f"{portal}/api/auth/")) as made:
        yield made


@pytest.fixture
def provider(alice, confidential):
    """An application that is a resource server of its own: its client and its scope."""
    made, secret = applications.make_application(owner=alice, name="probe", kind="confidential", scopes=["run"])
    return confidential(made.pk, secret), f"https://auth.globus.org/scopes/{made.pk}/run"


def path_of(url):
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}"


def answer(user, url, **form):
    """What the person's browser is told when they answer the page of consent: the query of the address they end at."""
    browser = Client()
    browser.force_login(user)
    response = browser.post(path_of(url), {"decision": "allow", **form})
    assert response.status_code == 302, response.content.decode()[-2000:]
    return {name: values[0] for name, values in parse_qs(urlsplit(response["Location"]).query).items()}


def let_in(client, user, *, scopes, redirect_uri=WEB, refresh=True, **extra):
    """The tokens that the client gets when the person lets it in."""
    client.oauth2_start_flow(requested_scopes=scopes, redirect_uri=redirect_uri, refresh_tokens=refresh)
    told = answer(user, client.oauth2_get_authorize_url(query_params=extra))
    return client.oauth2_exchange_code_for_tokens(told["code"])
