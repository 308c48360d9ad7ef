"""From a run to what it published."""

from __future__ import annotations

from django.urls import reverse

from apps.access.services import Actor
from apps.flows.models import Run
from apps.publish import services as publish
from apps.web.context import Link
from apps.web.record.published.editions import version_url


def outcome_links(run: Run, reader: Actor) -> list[Link]:
    """As far as the reader sees it; nothing for a run that publishes nothing."""
    found = publish.outcome_of(run, actor=reader)
    links = []
    if found.version:
        links.append(
            Link(
                f"The record, version {found.version.number}",
                version_url(found.version.submission_id, found.version.number),
            )
        )
    if found.submission:
        links.append(Link("The submission", reverse("web:drafts:draft", args=[found.submission.pk])))
    return links
