"""A submission as it is shown to who does not write it now: all of what is written, laid out as in a record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from apps.accounts.models import User
from apps.common.errors import PortalError
from apps.flows import services as flows
from apps.publish import services as publish
from apps.publish.models import Submission
from apps.web.files import words
from apps.web.people.names import named
from apps.web.record.formed import reader_of
from apps.web.record.readable import Section

State = Submission.State


@dataclass(frozen=True, slots=True)
class Whole:
    section: Section
    files: tuple[str, ...]

    @classmethod
    def of(cls, draft: Submission) -> Whole:
        section = reader_of(publish.document_for(draft).schema).section(draft.content, title="What is written")
        return cls(section, tuple(words.readable(str(one.path)) for one in draft.files))


def whole_of(draft: Submission, reader: User) -> dict[str, Any]:
    """Values of the page; addresses are "" where there is nothing to be seen."""
    delay = publish.delay_of(draft)
    is_published = draft.state == State.PUBLISHED
    return {
        "whole": Whole.of(draft),
        "run_url": _run_url(draft, reader),
        "delay": delay,
        "helpers": [one.text for one in named(delay.helpers, reader).values()] if delay else [],
        "is_going_on": draft.state in {State.PUBLISHING, State.UNDOING},
        "may_take_back": draft.state == State.IN_REVIEW and publish.may_submission(reader, "author", draft),
        "may_revise": is_published and publish.may_submission(reader, "editor", draft),
        "record_url": reverse("web:records:newest", args=[draft.pk]) if is_published else "",
    }


def _run_url(draft: Submission, reader: User) -> str:
    if draft.run_id is None:
        return ""
    try:
        run = flows.get_run(draft.run_id, actor=reader)
    except PortalError:
        return ""
    return reverse("web:flows:run", args=[run.pk])
