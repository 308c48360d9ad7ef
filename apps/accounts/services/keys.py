"""What identity tokens are signed with. RS512, because clients of Globus Auth take no other."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from joserfc import jwt
from joserfc.jwk import RSAKey

from apps.accounts.models import SigningKey
from apps.accounts.services import audit
from apps.common.vault import seal, unseal

ALGORITHM = "RS512"
_BITS = 2048
_PUBLISHED_FOR = timedelta(days=30)


def public_keys(*, now: datetime) -> list[dict[str, Any]]:
    """The keys by which signatures are checked, as JWK. The first is the one that signs: some clients read no other."""
    return [key.public for key in list(_published(now)) or [rotate(now=now)]]


def sign(claims: dict[str, Any]) -> str:
    """The claims as a signed JWT. A key that another secret key of the portal had sealed is replaced by a new one."""
    now = timezone.now()
    key = _published(now).first() or rotate(now=now)
    try:
        private = _private(key)
    except ValueError:
        key = rotate(now=now)
        private = _private(key)
    return jwt.encode({"alg": ALGORITHM, "kid": key.pk}, claims, private, [ALGORITHM])


@transaction.atomic
def rotate(*, now: datetime) -> SigningKey:
    """Sign with a new key from now on. The one before it is published for 30 days more."""
    SigningKey.objects.filter(retired_at=None).update(retired_at=now)
    SigningKey.objects.filter(retired_at__lte=now - _PUBLISHED_FOR).delete()
    made = RSAKey.generate_key(_BITS)
    kid, sealed = made.thumbprint(), seal(made.as_pem(private=True).decode())
    public = {**made.as_dict(private=False), "alg": ALGORITHM, "use": "sig", "kid": kid}
    key = SigningKey.objects.create(id=kid, sealed=sealed, public=public, created_at=now)
    audit.record("signing_key.rotated", kind="signing_key", id=key.pk)
    return key


def _published(now: datetime) -> QuerySet[SigningKey]:
    """The newest, which signs, first."""
    return SigningKey.objects.filter(Q(retired_at=None) | Q(retired_at__gt=now - _PUBLISHED_FOR))


def _private(key: SigningKey) -> RSAKey:
    return RSAKey.import_key(unseal(key.sealed))
