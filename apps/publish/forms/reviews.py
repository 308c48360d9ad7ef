"""What reviewers, authors and readers say beside a draft."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from apps.publish.forms.base import Document
from apps.publish.forms.drafts import LONGEST_NOTE
from apps.publish.forms.fields import Flag, Instant, Pointer, Text
from apps.publish.services import LONGEST_REQUEST, MOST_LABEL


class Comment(Document):
    """What is said of a field, by its pointer, or of the whole."""

    text = Text(max_length=LONGEST_NOTE, allow_blank=False)
    pointer = Pointer(max_length=500, required=False)


class Settled(Document):
    """Whether nothing more is to be done about it."""

    is_settled = Flag()


class NewLink(Document):
    """An address that shows a submission to whoever has it."""

    expires_at = Instant(help_text="Within 180 days; with its offset, such as 2027-01-31T12:00:00Z.")
    label: serializers.Field[Any, Any, Any, Any] = Text(  # type: ignore[assignment]  # declared fields are no attributes
        max_length=MOST_LABEL, required=False, help_text="For you: whom it is for."
    )
    shows_authors = Flag(required=False, help_text="Else fields that name people are left out.")


class Asked(Document):
    """Why somebody asks for files: it is what the authors decide by."""

    text = Text(max_length=LONGEST_REQUEST, allow_blank=False)
