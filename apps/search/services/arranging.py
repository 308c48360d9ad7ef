"""Working on how an index presents itself: drafts, single changes, and going back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from apps.access.services import Actor
from apps.accounts.models import User
from apps.common.digest import digest_of
from apps.common.errors import Conflict, Invalid, NotFound
from apps.search import presentation as presentations
from apps.search.models import Index, Path, PresentationVersion
from apps.search.paths import normalise
from apps.search.services.indexes import require
from apps.search.services.presenting import completed, present, presentation, proposal, shown
from apps.search.types import PROPOSED, Presentation

PARTS = {"facets": "facet", "columns": "column"}


@dataclass(frozen=True, slots=True)
class Draft:
    """The document to go on from: what is declared, or else one that leaves all to the index.

    ``number`` is of the newest version.
    """

    document: dict[str, Any]
    is_declared: bool
    number: int


def draft(*, index: Index, actor: Actor) -> Draft:
    """For admins."""
    require(index=index, actor=actor, role="admin")
    last = PresentationVersion.objects.filter(index=index).order_by("-number").first()
    document = index.presentation or {part: [PROPOSED] for part in PARTS}
    return Draft(document, bool(index.presentation), last.number if last else 0)


def drafted(*, index: Index, actor: Actor, document: object) -> Presentation:
    """How the index would present itself to the actor if the document were declared. For admins.

    Raises:
        InvalidDocument: see ``presentation.check``.
    """
    require(index=index, actor=actor, role="admin")
    return completed(index, presentations.check(document), actor)


def presentation_version(*, index: Index, actor: Actor, number: int) -> PresentationVersion:
    """One declaration of the history. For admins.

    Raises:
        NotFound: there is none of this number.
    """
    require(index=index, actor=actor, role="admin")
    found = PresentationVersion.objects.filter(index=index, number=number).first()
    if found is None:
        raise NotFound(f"This index has no version {number} of its presentation. Choose one from the history.")
    return found


def restore(*, index: Index, actor: User, number: int) -> PresentationVersion:
    """Declare again what was declared as ``number``; 0 is before anything was. For admins.

    Raises:
        NotFound: there is none of this number.
    """
    document = presentation_version(index=index, actor=actor, number=number).document if number else {}
    return present(index=index, actor=actor, document=document, note=f"Back to version {number}")


def show_path(*, index: Index, actor: User, path: str, part: str) -> PresentationVersion:
    """Put a path of the catalogue last into the facets or the columns. For admins.

    Only this path is declared. What the index proposes beside it stays a proposal: it still follows what is ingested,
    and each reader is shown what their own records propose, so that no name of a hidden path becomes public by it.

    Raises:
        NotFound: the catalogue has no such path, or there is no such part.
        Conflict: it stands there already.
    """
    require(index=index, actor=actor, role="admin", is_open=True)
    line = _line(index, path)
    if part not in PARTS:
        raise NotFound(f"There is no part {part[:80]} to put a path into. Choose facets or columns.")
    if any(row.path == line.path for row in getattr(presentation(index=index, actor=actor), part)):
        raise Conflict(f"{line.path} is a {PARTS[part]} already.")
    rows = index.presentation.get(part, [PROPOSED])
    document = {**index.presentation, part: [*rows, presentations.write_row(shown(line))]}
    return present(index=index, actor=actor, document=document, note=f"Made {line.path[:150]} a {PARTS[part]}")


def proposed_rows(*, index: Index, actor: Actor, document: dict[str, Any]) -> dict[str, Any]:
    """The rows that the index would propose for each part that a draft leaves to it. For admins.

    A draft with faults is as none: what follows from its facets is not known then.
    """
    kept = {name: rows for name, rows in document.items() if not (isinstance(rows, list) and PROPOSED in rows)}
    try:
        told = drafted(index=index, actor=actor, document=kept)
    except Invalid:
        told = proposal(index=index, actor=actor)
    return presentations.write(told)


def left_open(*, index: Index, actor: Actor, document: dict[str, Any]) -> dict[str, Any]:
    """Of ``proposed_rows`` the parts that the draft leaves to the index whole, or where it says "proposed"."""
    told = proposed_rows(index=index, actor=actor, document=document)
    return {part: rows for part, rows in told.items() if rows and presentations.is_left_open(document, part)}


def row_of(*, index: Index, actor: Actor, path: str) -> dict[str, Any]:
    """A path of the catalogue as a row of the document, with the label and the kind that it proposes. For admins.

    Raises:
        NotFound: the catalogue has no such path.
    """
    require(index=index, actor=actor, role="admin")
    return presentations.write_row(shown(_line(index, path)))


def _line(index: Index, path: str) -> Path:
    digest = digest_of(normalise(path.replace("\0", "")))
    line = Path.objects.filter(index=index, path_digest=digest, entries__gt=0).first()
    if line is None:
        raise NotFound("No entry of this index has this path. Look at the catalogue.")
    return line
