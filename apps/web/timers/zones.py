"""Time zones that people choose among, and the one that a reader sees times in."""

from __future__ import annotations

from itertools import groupby
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.http import HttpRequest

_NO_PLACES = {"Factory", "localtime", "posixrules"}
ZONES = sorted(available_timezones() - _NO_PLACES)


def _part(zone: str) -> str:
    return zone.partition("/")[0] if "/" in zone else "Others"


CHOICES = [
    (part, [(zone, zone.replace("_", " ")) for zone in zones])
    for part, zones in groupby(sorted(ZONES, key=lambda zone: (_part(zone), zone)), _part)
]
"""By continents, as choices of Django's fields."""
_KEPT_AS = "zone"


def zone_of(request: HttpRequest) -> ZoneInfo:
    """What the address asks for, else what the reader used last, else the portal's."""
    for asked in (request.GET.get("zone"), request.session.get(_KEPT_AS)):
        if asked in ZONES:
            return ZoneInfo(str(asked))
    return ZoneInfo(settings.TIME_ZONE)


def remember(request: HttpRequest, zone: str) -> None:
    """Let this be the zone that the reader sees times in, until they use another."""
    request.session[_KEPT_AS] = zone
