"""What follows when allauth keeps, renews or forgets that somebody signs in at another provider."""

from __future__ import annotations

from typing import Any

import msgspec
from allauth.socialaccount.models import SocialAccount
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from apps.accounts.services import claims, identities
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
