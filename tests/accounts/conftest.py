"""Another place to sign in at: an OpenID Connect provider that is not ours, in a process of its own."""

import subprocess
import sys
from urllib.parse import urlsplit

import pytest
import requests
from django.core.cache import cache

from apps.accounts.types import Kind, LoginProvider
from portal import login

SERVER = """
from oidc_provider_mock import run_server_in_thread
with run_server_in_thread() as server:
    print(server.server_port, flush=True)
    input()
"""


class Elsewhere:
    """The provider as people and tests meet it; ``trust`` says what the portal is told of it."""

    def __init__(self, url, settings):
        self.url, self._settings = url, settings
        self.trust()

    def trust(self, **how):
        provider = LoginProvider(
            kind=Kind.OPENID_CONNECT, id="facility", name="Facility", domain="facility.example",
            server_url=self.url, client_id="vitrine", secret="secret", **how,
        )  # fmt: skip
        self._settings.LOGIN_PROVIDERS = (provider,)
        self._settings.SOCIALACCOUNT_PROVIDERS = login.allauth_providers([provider])

    def knows(self, subject, **claims):
        requests.put(f"{self.url}/users/{subject}", json=claims, timeout=10).raise_for_status()

    def sign_in(self, client, subject, process="login"):
        """Go there by the button, sign in there, and come back."""
        begun = client.post(f"/account/oidc/facility/login/?process={process}")
        allowed = requests.post(begun["Location"], data={"sub": subject}, allow_redirects=False, timeout=10)
        back = urlsplit(allowed.headers["Location"])
        return client.get(f"{back.path}?{back.query}", follow=True)


@pytest.fixture(scope="session")
def provider_url():
    server = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", SERVER],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    yield f"http://localhost:{int(server.stdout.readline())}"
    server.communicate("\n")


@pytest.fixture
def elsewhere(provider_url, settings):
    cache.clear()  # allauth counts tries there, by address, and all tests come from one
    return Elsewhere(provider_url, settings)
