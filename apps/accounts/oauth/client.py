"""An application as authlib asks about it."""

from __future__ import annotations

from authlib.oauth2.rfc6749 import ClientMixin

from apps.accounts.models import Application
from apps.accounts.services import applications

CODE, REFRESH, CREDENTIALS = "authorization_code", "refresh_token", "client_credentials"
DEVICE = "urn:ietf:params:oauth:grant-type:device_code"
DEPENDENT = "urn:globus:auth:grant_type:dependent_token"
GRANTS: dict[str, frozenset[str]] = {
    Application.Kind.NATIVE: frozenset({CODE, REFRESH, DEVICE}),
    Application.Kind.CONFIDENTIAL: frozenset({CODE, REFRESH, DEVICE, CREDENTIALS, DEPENDENT}),
    Application.Kind.SERVICE: frozenset({CREDENTIALS, DEPENDENT}),
}


class Client(ClientMixin):  # type: ignore[misc]  # authlib is not typed
    def __init__(self, application: Application) -> None:
        self.application = application
        self.pk = application.pk

    def get_client_id(self) -> str:
        return str(self.pk)

    def get_default_redirect_uri(self) -> None:
        """None: an address that is not sent is not guessed (OAuth 2.1)."""

    def get_allowed_scope(self, scope: str | None) -> str:
        """Applications may ask for everything; it is the user who allows it."""
        return scope or ""

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return applications.may_redirect_to(self.application, redirect_uri)

    def check_client_secret(self, client_secret: str) -> bool:
        return applications.has_secret(self.application, client_secret)

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:  # noqa: ARG002  # as authlib calls it
        return (method == "none") == self.application.is_public

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        if grant_type == CREDENTIALS and self.application.account_id is None:
            return False
        return grant_type in GRANTS[self.application.kind]


def find_client(client_id: str) -> Client | None:
    application = applications.find_application(client_id)
    return Client(application) if application else None
