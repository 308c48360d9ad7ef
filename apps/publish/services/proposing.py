"""Files are chosen, and propose values for what is not filled in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from apps.accounts.models import User
from apps.common import places
from apps.common.errors import Invalid
from apps.publish import document as documents
from apps.publish import fitting
from apps.publish.models import Submission
from apps.publish.services.access import require_submission
from apps.publish.services.drafts import MOST_CHOSEN, DraftChanges, save_draft
from apps.publish.services.looking import told_by
from apps.publish.types import Chosen, FormDocument

Proposals = dict[str, dict[str, Any]]
"""By JSON pointer: ``value``, and ``source``, which says where it comes from."""


def choose_files(*, submission: Submission, actor: User, revision: int, files: Sequence[Chosen]) -> Submission:
    """Let exactly these be published, and propose what they tell.

    Values go only where nothing is, or where an older proposal still stands; what those propose that were chosen
    before goes with them. The files are read in the author's name: it is the author who publishes them, and who is new
    among them has to be readable by the actor.

    Raises:
        DraftChanged, WrongState: as for ``save_draft``.
        Invalid: one cannot be read, or there are too many.
    """
    require_submission(actor, "editor", submission)
    if len(files) > MOST_CHOSEN:
        raise Invalid(f"Choose at most {MOST_CHOSEN:,} files and folders. Choose a folder instead.", place="files")
    files = list(dict.fromkeys(files))
    document = documents.read(submission.document)
    content, proposed = _proposed(submission, document, files)
    told = DraftChanges(content=content, proposed=proposed, files=files)
    return save_draft(submission=submission, actor=actor, revision=revision, told=told)


def propose(*, submission: Submission, actor: User, revision: int) -> Submission:
    """Look at the chosen files again."""
    return choose_files(submission=submission, actor=actor, revision=revision, files=submission.files)


def accept(*, submission: Submission, actor: User, revision: int, pointers: Iterable[str] | None = None) -> Submission:
    """Take over what is proposed at these places; at all of them, without any."""
    proposed: Proposals = submission.proposed
    gone = set(proposed if pointers is None else pointers)
    told = DraftChanges(proposed={pointer: one for pointer, one in proposed.items() if pointer not in gone})
    return save_draft(submission=submission, actor=actor, revision=revision, told=told)


def _proposed(
    submission: Submission, document: FormDocument, files: Sequence[Chosen]
) -> tuple[Mapping[str, Any], Proposals]:
    content, old = submission.content, submission.proposed
    for pointer in old:
        content = places.without(content, pointer)
    new: Proposals = {}
    for rule, told in told_by(files, document.proposals, reader=submission.author):
        pointer, part = rule["at"], fitting.schema_at(document.schema, rule["at"])
        if part is None or pointer in new or not places.is_empty(places.at(content, pointer)):
            continue
        try:
            value = fitting.fitted(document.schema, part, told.value)
        except fitting.Misfit:
            continue
        if pointer not in submission.typed and fitting.is_right(document.schema, part, value):
            content = places.put(content, pointer, value)
            if places.at(content, pointer) == value:
                new[pointer] = {"value": value, "source": told.source}
    return content, new
