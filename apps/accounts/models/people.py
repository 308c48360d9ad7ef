"""People and what belongs to them.

A ``User`` is somebody who signs in here; an ``Identity`` is who they are to others. Metadata, groups and roles name
identities alone, by their UUID, which is never used again. A user has a local identity from the start and may link
more; all of them count. One that was unlinked, or that is known before its person ever came, stays as a row without a
user: it counts for nobody, and is the same one when its person links it.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.db.models.signals import pre_delete
from django.utils import timezone

from apps.accounts.models.sources import PrincipalSource, Version, new_version, renew_before_deletion

# No "@": `name@provider` is an identity, and an e-mail address is another way to sign in. ASCII, so that no name can
# be written to look like somebody else's.
USERNAME = RegexValidator(
    r"^[A-Za-z0-9][A-Za-z0-9._+-]*\Z", "Use letters, digits and the signs . _ + - and begin with a letter or a digit."
)

PORTAL = uuid.uuid5(uuid.NAMESPACE_URL, "vitrine:ready-made")
"""The identity of the portal itself, to which belongs what comes with it; the same everywhere."""


class User(AbstractUser):
    """Somebody who can sign in, or a program that acts for itself and cannot."""

    first_name = None  # type: ignore[assignment]  # names of people do not split into two everywhere
    last_name = None  # type: ignore[assignment]  # nor into this
    username = models.CharField(max_length=150, unique=True, validators=[USERNAME])
    name = models.CharField(max_length=150, blank=True)
    is_program = models.BooleanField(default=False, editable=False)
    access_version = Version(default=new_version, editable=False)

    class Meta(AbstractUser.Meta):
        constraints = [
            models.UniqueConstraint(
                Lower("username"), name="user_username_any_case", violation_error_message="This username is taken."
            )
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and keep the local identity as the user is: whichever way a user is made, they have one."""
        changed = kwargs.get("update_fields")
        if self.is_program or (changed is not None and {"username", "name", "email"}.isdisjoint(changed)):
            super().save(*args, **kwargs)
            return
        with transaction.atomic():
            super().save(*args, **kwargs)
            self._keep_local_identity()

    def _keep_local_identity(self) -> None:
        provider = settings.IDENTITY_PROVIDER
        told = {"username": f"{self.username.lower()}@{provider}", "name": self.get_full_name(), "email": self.email}
        Identity.objects.update_or_create(user=self, provider=provider, defaults=told | {"subject": str(self.pk)})

    def get_full_name(self) -> str:
        return self.name or self.username

    def get_short_name(self) -> str:
        """On pages. A program is said to be one: anybody may have chosen its name, and have chosen somebody's."""
        if self.username == str(PORTAL):
            return "This portal"
        return f"{self.get_full_name()} (a program)" if self.is_program else self.get_full_name()


class Identity(PrincipalSource):
    """Who somebody is at one identity provider; a user is known by the one that they have had for longest.

    ``provider`` is what stands behind the ``@`` of the username, ``subject`` the provider's own name of the person,
    empty until the person comes. Usernames may change; the subject and the id never do.
    """

    principal_fields = frozenset({"user"})

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, blank=True, related_name="identities")
    username = models.CharField(max_length=300, unique=True)
    provider = models.CharField(max_length=100)
    subject = models.CharField(max_length=191, blank=True)
    name = models.CharField(max_length=150, blank=True)
    email = models.EmailField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    linked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["linked_at", "created_at", "id"]
        verbose_name_plural = "identities"
        constraints = [
            models.UniqueConstraint(fields=["provider", "subject"], condition=~Q(subject=""), name="identity_once")
        ]

    @classmethod
    def people(cls, keys: list[Any]) -> Q:
        return Q(identities__in=keys)

    def __str__(self) -> str:
        return self.username

    @property
    def shown_name(self) -> str:
        """On pages, to those who may know whose it is: of people the username, which nobody else has."""
        return self.user.get_short_name() if self.user and self.user.is_program else self.username

    @property
    def is_local(self) -> bool:
        """Whether this portal itself vouches for it, by a password."""
        return self.provider == settings.IDENTITY_PROVIDER

    @property
    def is_used(self) -> bool:
        """Whether somebody signs in with it here."""
        return self.user_id is not None


pre_delete.connect(renew_before_deletion, sender=Identity)
