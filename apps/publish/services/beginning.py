"""Drafts that begin with what a record says."""

from __future__ import annotations

from typing import Any

from apps.accounts.models import User
from apps.publish import fitting
from apps.publish.fitting import Schema
from apps.publish.models import Form, Submission
from apps.publish.services.access import require_form
from apps.publish.services.drafts import DraftChanges, begin_draft
from apps.publish.services.forms import document_of
from apps.search import services as search
from apps.search.models import Index

MOST_LEVELS = 20


def draft_from_record(*, form: Form, actor: User, index: Index, subject: str) -> Submission:
    """A new draft with what the actor sees of a record, as far as the form knows of it.

    Raises:
        NoSuchSubject: there is no such record for the actor. And whatever ``begin_draft`` raises.
    """
    require_form(actor, "submitter", form)
    record = search.record(index=index, subject=subject, actor=actor)
    schema = document_of(form).schema
    content: Any = {}
    for entry in record.entries:
        content = _laid_on(content, _known(schema, schema, entry.content))
    return begin_draft(form=form, actor=actor, told=DraftChanges(content=content))


def _known(schema: Schema, part: Schema, value: Any, level: int = 0) -> Any:
    """What of a value a schema knows members for."""
    if level > MOST_LEVELS:
        return value
    if isinstance(value, dict):
        found = {key: (fitting.member(schema, part, key), one) for key, one in value.items()}
        return {key: _known(schema, inner, one, level + 1) for key, (inner, one) in found.items() if inner is not None}
    if isinstance(value, list):
        items = fitting.member(schema, part, "0") or fitting.ANY
        return [_known(schema, items, one, level + 1) for one in value]
    return value


def _laid_on(below: Any, above: Any) -> Any:
    """Two parts of a record put together."""
    if isinstance(below, dict) and isinstance(above, dict):
        return {**below, **{key: _laid_on(below[key], one) if key in below else one for key, one in above.items()}}
    return above
