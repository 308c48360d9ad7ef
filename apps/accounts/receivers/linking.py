"""What follows when allauth changes how somebody signs in: identities and groups, and lines of the audit log."""

from __future__ import annotations

from typing import Any

import msgspec
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import receiver

from apps.accounts.services import claims, identities
from apps.accounts.services.audit import record_of_person
from apps.accounts.types import Told


@receiver(post_save, sender=SocialAccount)
def keep_identity(instance: SocialAccount, raw: bool = False, **_: Any) -> None:
    """The row is saved when it is linked, and at each sign-in: whichever way, the identity is as the provider tells."""
    provider = identities.provider_called(instance.provider)
    if provider is None or raw:
        return
    told = msgspec.convert(instance.extra_data, Told)
    identity = identities.link(user=instance.user, provider=provider, subject=instance.uid, told=told)
    claims.follow(identity=identity, provider=provider, claims=told.claims)


@receiver(post_delete, sender=SocialAccount)
def unlink_identity(instance: SocialAccount, **_: Any) -> None:
    provider = identities.provider_called(instance.provider)
    if provider is not None:
        identities.unlink(provider=provider, subject=instance.uid)


@receiver(post_save, sender=Authenticator)
def tell_of_new_step(instance: Authenticator, created: bool, **_: Any) -> None:
    """By the row, because allauth's own signals come after the transaction that makes it."""
    if created:
        record_of_person("second_step.added", instance.user, step=instance.type)


@receiver(pre_delete, sender=Authenticator)
def tell_of_removed_step(instance: Authenticator, **_: Any) -> None:
    """While the person is still whole: steps go with them, too."""
    record_of_person("second_step.removed", instance.user, step=instance.type)
