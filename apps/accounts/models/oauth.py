"""Programs, and what people let them do.

An ``Application`` is a program that is known here. A person's ``Consent`` lets it use one scope; a ``Grant`` is one
occasion on which they signed in for it. Codes are exchanged for tokens, which belong to that grant, so that all of
them can be ended together. Of every secret a hash alone is kept.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.db import models

from apps.accounts.models.people import User


def _texts() -> list[str]:
    return []


class Application(models.Model):
    """A program. ``account`` is who it is when it acts for itself, with a client's credentials.

    ``template`` is what an instance was made from: the ``globus`` command makes one for each installation.
    ``scopes`` are the suffixes of the scopes that it accepts as a resource server of its own.
    """

    class Kind(models.TextChoices):
        SERVICE = "service", "A script or service that acts for itself"
        CONFIDENTIAL = "confidential", "A web application or gateway that keeps a secret"
        NATIVE = "native", "A program on people's own machines, which can keep no secret"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    owner = models.ForeignKey(User, on_delete=models.CASCADE, null=True, blank=True, related_name="applications")
    account = models.OneToOneField(User, on_delete=models.PROTECT, null=True, editable=False, related_name="program")
    template = models.ForeignKey("self", on_delete=models.CASCADE, null=True, editable=False, related_name="instances")
    redirect_uris = models.JSONField(default=_texts, blank=True)
    scopes = models.JSONField(default=_texts, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_public(self) -> bool:
        """Whether it has no secret to show that it is itself."""
        return self.kind == self.Kind.NATIVE


class Credential(models.Model):
    """A secret of an application. It may have several, so that one can be replaced without a pause."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="credentials")
    name = models.CharField(max_length=100)
    hash = models.CharField(max_length=64, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return f"{self.name} of {self.application_id}"


class Consent(models.Model):
    """A user lets an application use a scope, or the service behind ``parent`` use one of another service for it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="consents")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="consents")
    scope = models.CharField(max_length=255)
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="children")
    is_optional = models.BooleanField(default=False)
    allows_refresh = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    last_used_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "application", "scope"], condition=models.Q(parent=None), name="consent_once"
            ),
            models.UniqueConstraint(
                fields=["parent", "scope"], condition=~models.Q(parent=None), name="consent_below_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.scope}"


class Grant(models.Model):
    """One occasion on which an application was let in. ``authentications`` tells how the user had signed in by then."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="grants")
    created_at = models.DateTimeField()
    signed_in_at = models.DateTimeField(null=True)
    authentications = models.JSONField(default=dict)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "id"]

    def __str__(self) -> str:
        return f"{self.application} for {self.user}"


class AuthorizationCode(models.Model):
    """What the browser carries from the page of consent to the application: good once, for a minute."""

    hash = models.CharField(max_length=64, unique=True)
    grant = models.ForeignKey(Grant, on_delete=models.CASCADE)
    redirect_uri = models.TextField()
    scope = models.TextField()
    nonce = models.TextField(blank=True)
    state = models.TextField(blank=True)
    code_challenge = models.CharField(max_length=128, blank=True)
    code_challenge_method = models.CharField(max_length=10, blank=True)
    allows_refresh = models.BooleanField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"code of {self.grant_id}"

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope


class DeviceCode(models.Model):
    """What a program without a browser waits on, while its user types the short code on another device (RFC 8628)."""

    hash = models.CharField(max_length=64, unique=True)
    user_code = models.CharField(max_length=16, unique=True)
    application = models.ForeignKey(Application, on_delete=models.CASCADE)
    scope = models.TextField()
    expires_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    grant = models.ForeignKey(Grant, on_delete=models.CASCADE, null=True)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"device code of {self.application_id}"


class Token(models.Model):
    """What a program shows instead of a password.

    A personal token is made by hand and good for every service. Access tokens are good for the scopes of one resource
    server; a refresh token buys new ones. ``parent`` is the refresh token that bought this one, ``used_at`` when it
    was first shown; ``consents`` are those that the scopes stand on.
    """

    class Kind(models.TextChoices):
        PERSONAL = "personal"
        ACCESS = "access"
        REFRESH = "refresh"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.PERSONAL, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=100, blank=True)
    prefix = models.CharField(max_length=12, editable=False)
    hash = models.CharField(max_length=64, unique=True, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, null=True, editable=False)
    grant = models.ForeignKey(Grant, on_delete=models.CASCADE, null=True, editable=False, related_name="tokens")
    resource_server = models.CharField(max_length=100, blank=True, editable=False)
    scope = models.TextField(blank=True, editable=False)
    consents = models.JSONField(default=list, editable=False)
    parent = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, editable=False, related_name="children")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, editable=False)
    last_used_at = models.DateTimeField(null=True, editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-created_at", "id"]

    def __str__(self) -> str:
        return f"{self.name or self.kind} ({self.prefix}…)"

    def is_live(self, now: datetime) -> bool:
        return self.revoked_at is None and now < self.expires_at

    @property
    def scopes(self) -> frozenset[str]:
        return frozenset(self.scope.split())

    # What authlib asks of a refresh token.
    def check_client(self, client: Any) -> bool:
        return bool(self.application_id == client.pk)

    def get_scope(self) -> str:
        return self.scope


class SigningKey(models.Model):
    """What identity tokens are signed with: the newest signs, those before it are published until what they signed
    has ended. ``sealed`` is the private key, encrypted; ``public`` a JWK."""

    id = models.CharField(primary_key=True, max_length=64)
    sealed = models.TextField()
    public = models.JSONField()
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.id
