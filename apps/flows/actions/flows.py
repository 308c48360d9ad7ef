"""Addresses of the portal's flows as action providers: each flow is one, at the address where the API tells of it."""

from __future__ import annotations

import re
from uuid import UUID

from django.conf import settings

FLOW = "flow"
"""The name of the provider that all flows share. Nobody calls it by that: each flow has an address of its own."""
_FLOWS = "/api/flows/flows/"
_HOSTED = r"https://flows\.(?:automate\.)?globus\.org/flows/"
"""What exported definitions may say; which flows they mean, the id says."""
_AT = re.compile(rf"(?:{_FLOWS}|{_HOSTED})([0-9a-f]{{8}}(?:-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}})(?:/run)?/?", re.I)


def url_of_flow(flow_id: UUID) -> str:
    return f"{settings.PUBLIC_URL}{_FLOWS}{flow_id}"


def flow_at(url: str) -> UUID | None:
    """The flow whose address this ``ActionUrl`` is, whether there is one or not; None is something else."""
    found = _AT.fullmatch(url.split("#")[0].removeprefix(settings.PUBLIC_URL))
    return UUID(found[1]) if found else None
