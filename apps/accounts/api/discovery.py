"""Where everything is, and how signatures are checked (OpenID Connect Discovery)."""

from __future__ import annotations

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.api.base import OpenView
from apps.accounts.oauth.answer import issuer
from apps.accounts.oauth.client import GRANTS
from apps.accounts.services import keys
from apps.accounts.services.scopes import OFFERED

CLAIMS = [
    "at_hash",
    "aud",
    "auth_time",
    "email",
    "exp",
    "iat",
    "identity_provider",
    "iss",
    "name",
    "nonce",
    "preferred_username",
    "sub",
]


class Configuration(OpenView):
    """A8."""

    def get(self, request: Request) -> Response:
        base = issuer()
        response = Response(
            {
                "issuer": base,
                "authorization_endpoint": f"{base}/v2/oauth2/authorize",
                "token_endpoint": f"{base}/v2/oauth2/token",
                "userinfo_endpoint": f"{base}/v2/oauth2/userinfo",
                "revocation_endpoint": f"{base}/v2/oauth2/token/revoke",
                "introspection_endpoint": f"{base}/v2/oauth2/token/introspect",
                "device_authorization_endpoint": f"{base}/v2/oauth2/device_authorization",
                "end_session_endpoint": f"{base}/v2/web/logout",
                "jwks_uri": f"{base}/jwk.json",
                "scopes_supported": sorted(OFFERED),
                "response_types_supported": ["code"],
                "response_modes_supported": ["query"],
                "grant_types_supported": sorted(set().union(*GRANTS.values())),
                "subject_types_supported": ["public"],
                "code_challenge_methods_supported": ["S256"],
                "id_token_signing_alg_values_supported": [keys.ALGORITHM],
                "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post", "none"],
                "claims_supported": CLAIMS,
            }
        )
        return _for_everybody(response)


class Keys(OpenView):
    """A9."""

    def get(self, request: Request) -> Response:
        return _for_everybody(Response({"keys": keys.public_keys(now=timezone.now())}))


def _for_everybody(response: Response) -> Response:
    """Nothing here depends on who asks: other sites' pages may read it too, and caches keep it for a while."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = "public, max-age=300"
    return response
