"""A web application that lets people sign in by a portal of which it knows the address alone (authlib's client)."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import SimpleNamespace
from urllib.parse import urlsplit

from authlib.integrations.django_client import OAuth
from django.http import QueryDict


class RelyingParty(HTTPServer):
    """Knows one browser. ``told`` are the tokens that it got, with the checked claims beneath ``userinfo``."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.session: dict[str, object] = {}
        self.told: dict[str, object] = {}
        self.person: dict[str, object] = {}

    def trust(self, issuer: str, client_id: str, client_secret: str) -> None:
        self.vitrine = OAuth().register(
            "vitrine",
            client_id=client_id,
            client_secret=client_secret,
            server_metadata_url=f"{issuer}/.well-known/openid-configuration",
            client_kwargs={"scope": "openid profile email", "code_challenge_method": "S256"},
        )


class Handler(BaseHTTPRequestHandler):
    server: RelyingParty

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        request = SimpleNamespace(method="GET", GET=QueryDict(parts.query), session=self.server.session)
        if parts.path == "/sign-in":
            redirect = self.server.vitrine.authorize_redirect(request, f"{self.server.url}/back")
            self.send_response(302)
            self.send_header("Location", redirect["Location"])
            self.end_headers()
        elif parts.path == "/back":
            self.server.told = self.server.vitrine.authorize_access_token(request)
            self.server.person = self.server.vitrine.userinfo(token=self.server.told)
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(f"Welcome, {self.server.person['name']}".encode())
        else:
            self.send_error(404)

    def log_message(self, *args: object) -> None:
        """Not in the tests' output."""


@contextmanager
def relying_party():
    with RelyingParty() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()
