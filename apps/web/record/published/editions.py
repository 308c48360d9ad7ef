"""The versions of a record that were published here: how one is cited, and where the others are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from apps.publish.models import Version
from apps.web import links
from apps.web.record.description import Edition
from apps.web.values import date


@dataclass(frozen=True, slots=True)
class Line:
    """A version in a list of them. ``about`` is a day, and what became of it."""

    name: str
    about: str
    url: str
    is_here: bool


def version_url(submission_id: UUID, number: int) -> str:
    return reverse("web:records:version", args=[submission_id, number])


def edition_of(version: Version, *, sees_main: bool) -> Edition:
    """``sees_main``: who sees restricted sections alone is not told the name, which the rest of it holds."""
    return Edition(
        cited_at=version.identifier_link or links.absolute(version_url(version.submission_id, version.number)),
        name=version.name if sees_main else "",
        year=str(version.published_at.year) if version.published_at else "",
        publisher=settings.FACILITY or "Vitrine",
        version=str(version.number),
    )


def lines_of(versions: Iterable[Version], here: Version) -> tuple[Line, ...]:
    return tuple(_line(one, here) for one in versions)


def day_of(version: Version) -> str:
    return date(version.published_at.date().isoformat()) if version.published_at else ""


def _line(version: Version, here: Version) -> Line:
    is_withdrawn = version.state == Version.State.WITHDRAWN
    return Line(
        f"Version {version.number}",
        f"{day_of(version)}, withdrawn" if is_withdrawn else day_of(version),
        version_url(version.submission_id, version.number),
        version.pk == here.pk,
    )
