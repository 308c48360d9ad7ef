"""Who will see what is published."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time

from apps.access import services as access
from apps.access.types import PUBLIC
from apps.publish import sections
from apps.publish.models import Submission
from apps.publish.types import AUTHORS, REVIEWERS, FormDocument, Part, Wanted

MOST_PRINCIPALS = 50


def opens_at(wanted: Wanted) -> datetime | None:
    """When the embargo lifts; None without one."""
    try:
        day = date.fromisoformat(wanted.embargo)
    except ValueError:
        return None
    return datetime.combine(day, time(), tzinfo=UTC)


def audience(submission: Submission, document: FormDocument) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The principals who see the record from now on, and those who see it after the embargo.

    Whoever else does, its authors see what they published.
    """
    choice = document.choice(submission.wanted.choice)
    told = choice.visible_to if choice else ()
    visible_to = principals(submission, told if PUBLIC in told else (*told, AUTHORS)) if told else ()
    if opens_at(submission.wanted) is None:
        return visible_to, ()
    return principals(submission, (AUTHORS,)), visible_to


def parts(submission: Submission, document: FormDocument) -> Iterator[Part]:
    """What becomes an entry each. Authors see every section: it is what they wrote."""
    now, later = audience(submission, document)
    for name, content in sections.divided(document.schema, submission.content).items():
        section = document.section(name)
        if section is None:
            yield Part(name, content, now, later)
        else:
            yield Part(name, content, principals(submission, (AUTHORS, *section.visible_to)))


def principals(submission: Submission, told: tuple[str, ...]) -> tuple[str, ...]:
    """With those in the place of ``AUTHORS`` and ``REVIEWERS`` who are it now."""
    found: dict[str, None] = {}
    for one in told:
        if one == AUTHORS:
            found.update(dict.fromkeys(authors_of(submission)))
        elif one == REVIEWERS:
            found.update(dict.fromkeys(access.principals_with(submission.form.resource).get("reviewer", ())))
        else:
            found[one] = None
    return tuple(found)[:MOST_PRINCIPALS]


def authors_of(submission: Submission) -> list[str]:
    """The principals who wrote it."""
    return list(dict.fromkeys([submission.author_urn, *access.principals_with(submission.resource).get("editor", ())]))
