"""What it costs at each request to know who asks: the token, and the principals of its user.

Runs inside of a portal (``inside.py``), in one process, with the callers of ``people``: of 1, 100 and 500 groups.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tests.bench.corpus import PRINCIPALS
from tests.bench.measure import percentiles, timed


@dataclass(frozen=True, slots=True)
class WhoTimes:
    """Milliseconds. ``remembered``: token and principals, as each request has them; ``changed``: in the first request
    after a change; ``token``: of both the token alone."""

    groups: int
    token: tuple[float, ...]
    remembered: tuple[float, ...]
    changed: tuple[float, ...]

    def summary(self) -> dict[str, Any]:
        parts = {name: percentiles(getattr(self, name)) for name in ("token", "remembered", "changed")}
        return {"groups": self.groups, "runs": len(self.token), **parts}


def measure(runs: int, warm_ups: int) -> list[WhoTimes]:
    return [_of(number, runs, warm_ups) for number in PRINCIPALS]


def _of(groups: int, runs: int, warm_ups: int) -> WhoTimes:
    from django.utils import timezone
    from rest_framework.request import Request
    from rest_framework.test import APIRequestFactory

    from apps.access import services as access
    from apps.accounts.authentication import BearerToken
    from apps.accounts.models import Membership, User
    from apps.accounts.services import make_token

    user = User.objects.get(username=f"caller{groups}")
    secret = make_token(user=user, name="bench", expires_at=timezone.now() + timedelta(hours=1))[1]
    request = Request(APIRequestFactory().get("/", HTTP_AUTHORIZATION=f"Bearer {secret}"))

    def who() -> User:
        told = BearerToken().authenticate(request)
        assert told is not None
        return told[0]

    def remembered() -> None:
        assert len(access.principals_of(who())) >= groups + 3

    def change() -> None:
        """As if a membership had been taken away and given back."""
        Membership.objects.filter(identity__user=user).update(status=Membership.Status.ACTIVE)

    for _ in range(warm_ups):
        remembered()
    several = [(timed(who), timed(remembered)) for _ in range(runs)]
    changed = []
    for _ in range(max(runs // 10, 3)):
        change()
        changed.append(timed(remembered))
    return WhoTimes(groups, *zip(*several, strict=True), tuple(changed))
