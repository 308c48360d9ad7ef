"""What can be exchanged for tokens. Everything here runs in one transaction with what it issues."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from authlib.oauth2.rfc6749 import BaseGrant, TokenEndpointMixin, grants
from authlib.oauth2.rfc6749.errors import InvalidGrantError, InvalidRequestError, UnauthorizedClientError
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oauth2.rfc8628 import DeviceCodeGrant as _DeviceCodeGrant
from django.utils import timezone

from apps.accounts.models import AuthorizationCode, DeviceCode, Token, User
from apps.accounts.oauth.answer import sign_in_answer, token_answer
from apps.accounts.oauth.client import DEPENDENT, Client
from apps.accounts.services import issuing
from apps.accounts.services.secrets import hash_of
from apps.accounts.services.tokens import token_of
from apps.accounts.types import all_names, parse_scopes

BY_SECRET = ["client_secret_basic", "client_secret_post"]
BY_ANY = [*BY_SECRET, "none"]
CODE_LASTS = timedelta(minutes=1)
Answer = tuple[int, Any, list[tuple[str, str]]]


class AuthorizationCodeGrant(grants.AuthorizationCodeGrant):  # type: ignore[misc]  # authlib is not typed
    TOKEN_ENDPOINT_AUTH_METHODS = BY_ANY

    def query_authorization_code(self, code: str, client: Client) -> AuthorizationCode | None:
        """The code, locked. One that is shown twice was seen by somebody else: its tokens end (OAuth 2.1, 4.1.3)."""
        now = timezone.now()
        found = AuthorizationCode.objects.select_for_update(of=("self",)).select_related("grant", "grant__user")
        kept = found.filter(hash=hash_of(code), grant__application=client.pk).first()
        if kept is None or kept.grant.revoked_at is not None:
            return None
        if kept.used_at is not None:
            issuing.end_grant(kept.grant, now=now, reason="an authorization code was used twice")
            return None
        return kept if now < kept.expires_at else None

    def create_token_response(self) -> Answer:
        code: AuthorizationCode = self.request.authorization_code
        now = timezone.now()
        if not code.grant.user.is_active:
            raise InvalidGrantError("The user of this code may not sign in any more.")
        code.used_at = now
        code.save(update_fields=["used_at"])
        names = [scope.name for scope in parse_scopes(code.scope)]
        issued = issuing.issue(code.grant, names, allows_refresh=code.allows_refresh, now=now)
        answer = sign_in_answer(code.grant, issued, names=names, now=now, state=code.state, nonce=code.nonce)
        return 200, answer, self.TOKEN_RESPONSE_HEADER


class Pkce(CodeChallenge):  # type: ignore[misc]  # authlib is not typed
    """S256 alone: a challenge in plain words protects from nobody who sees it (OAuth 2.1, 7.5.1)."""

    DEFAULT_CODE_CHALLENGE_METHOD = "S256"
    SUPPORTED_CODE_CHALLENGE_METHOD = ("S256",)

    def validate_code_challenge(self, grant: Any, redirect_uri: str) -> None:
        super().validate_code_challenge(grant, redirect_uri)
        data = grant.request.payload.data
        if grant.request.client.application.is_public and not data.get("code_challenge"):
            raise InvalidRequestError("Missing 'code_challenge': a program without a secret must use PKCE.")


class RefreshTokenGrant(grants.RefreshTokenGrant):  # type: ignore[misc]  # authlib is not typed
    TOKEN_ENDPOINT_AUTH_METHODS = BY_ANY

    def authenticate_refresh_token(self, refresh_token: str) -> Token | None:
        return issuing.live_refresh_token(refresh_token, now=timezone.now())

    def create_token_response(self) -> Answer:
        names = (self.request.payload.scope or "").split()
        issued = issuing.refresh(self.request.refresh_token, names, now=timezone.now())
        return 200, token_answer([issued]), self.TOKEN_RESPONSE_HEADER


class ClientCredentialsGrant(grants.ClientCredentialsGrant):  # type: ignore[misc]  # authlib is not typed
    TOKEN_ENDPOINT_AUTH_METHODS = BY_SECRET

    def validate_requested_scope(self) -> None:
        if not self.request.payload.scope:
            raise InvalidRequestError("Missing 'scope' in request.")
        super().validate_requested_scope()

    def create_token_response(self) -> Answer:
        """A program that acts for itself needs nobody's consent but keeps one, so that services can act for it."""
        application, now = self.client.application, timezone.now()
        scopes = parse_scopes(self.request.payload.scope)
        grant = issuing.let_in(
            user=application.account, application=application, scopes=scopes, allows_refresh=False, now=now
        )
        names = [scope.name for scope in scopes]
        issued = issuing.issue(grant, names, allows_refresh=False, now=now)
        return 200, sign_in_answer(grant, issued, names=names, now=now), self.TOKEN_RESPONSE_HEADER


class DependentTokenGrant(BaseGrant, TokenEndpointMixin):  # type: ignore[misc]  # authlib is not typed
    """A service that was shown a token asks for those by which it acts elsewhere for the same user."""

    GRANT_TYPE = DEPENDENT
    TOKEN_ENDPOINT_AUTH_METHODS = BY_SECRET

    def validate_token_request(self) -> None:
        client = self.authenticate_token_endpoint_client()
        if not client.check_grant_type(self.GRANT_TYPE):
            raise UnauthorizedClientError(f"The client is not authorized to use 'grant_type={self.GRANT_TYPE}'")
        token = token_of(self.request.form.get("token") or "")
        is_shown_here = token is not None and token.resource_server == str(client.pk)
        if token is None or not is_shown_here or not token.is_live(timezone.now()) or not token.user.is_active:
            raise InvalidGrantError("The token is not one that was shown to this resource server, or has ended.")
        self.request.client, self.request.credential = client, token

    def create_token_response(self) -> Answer:
        wanted = set(all_names(parse_scopes(self.request.form.get("scope") or "")))
        is_offline = self.request.form.get("access_type") == "offline"
        issued = issuing.issue_dependent(
            self.request.credential, only=wanted, allows_refresh=is_offline, now=timezone.now()
        )
        return 200, [token_answer([one], alone=True) for one in issued], self.TOKEN_RESPONSE_HEADER


class DeviceCodeGrant(_DeviceCodeGrant):  # type: ignore[misc]  # authlib is not typed
    TOKEN_ENDPOINT_AUTH_METHODS = BY_ANY

    def query_device_credential(self, device_code: str) -> DeviceCredential | None:
        found = DeviceCode.objects.select_for_update(of=("self",)).select_related("grant", "grant__user")
        kept = found.filter(hash=hash_of(device_code)).first()
        return DeviceCredential(kept) if kept and kept.used_at is None else None

    def query_user_grant(self, user_code: str) -> tuple[User, bool] | None:
        code: DeviceCode = DeviceCode.objects.select_related("grant", "grant__user").get(user_code=user_code)
        if code.answered_at is None:
            return None
        if code.grant is None or not code.grant.user.is_active or code.grant.revoked_at is not None:
            return User(), False
        return code.grant.user, True

    def should_slow_down(self, credential: DeviceCredential) -> bool:
        return credential.is_asked_too_soon(timezone.now())

    def create_token_response(self) -> Answer:
        code: DeviceCode = self.request.credential.code
        now = timezone.now()
        code.used_at = now
        code.save(update_fields=["used_at"])
        assert code.grant is not None  # query_user_grant has seen it
        names = [scope.name for scope in parse_scopes(code.scope)]
        issued = issuing.issue(code.grant, names, allows_refresh="offline_access" in names, now=now)
        return 200, sign_in_answer(code.grant, issued, names=names, now=now), self.TOKEN_RESPONSE_HEADER


class DeviceCredential:
    """A device code as authlib asks about it."""

    INTERVAL = timedelta(seconds=5)

    def __init__(self, code: DeviceCode) -> None:
        self.code = code

    def get_client_id(self) -> str:
        return str(self.code.application_id)

    def get_scope(self) -> str:
        return self.code.scope

    def get_user_code(self) -> str:
        return self.code.user_code

    def is_expired(self) -> bool:
        return timezone.now() >= self.code.expires_at

    def is_asked_too_soon(self, now: datetime) -> bool:
        """Whether the program asks more often than every five seconds; noted that it asked."""
        before, self.code.asked_at = self.code.asked_at, now
        self.code.save(update_fields=["asked_at"])
        return before is not None and now - before < self.INTERVAL
