"""Drafts as they are begun, saved and checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rest_framework import serializers

from apps.publish.forms.base import Document
from apps.publish.forms.fields import Content, Count, Path, Pointer, PrincipalName, Text
from apps.publish.services import DraftChanges
from apps.publish.types import Chosen, Wanted
from apps.storage.types import FilePath

MOST_FILES = 1_000
LONGEST_NOTE = 4_000


class ChosenFile(Document):
    """A file or folder that is to be published, where it is now."""

    collection = serializers.UUIDField(help_text="The id of its collection.")
    path = Path(max_length=4_096, help_text="From the root of the collection, with `/`.")


class Visibility(Document):
    """Who is to see it."""

    choice = Text(max_length=40, help_text="The name of one of the form's choices.")
    embargo = Text(max_length=40, required=False, help_text="A day, such as 2027-01-31: until then only its authors.")


class DraftFields(Document):
    """What may be said of a draft. What is left out stays as it is."""

    content = Content(required=False, help_text="What is filled in, valid or not: the whole of it.")
    files = serializers.ListField(child=ChosenFile(), required=False, max_length=MOST_FILES)
    visibility = Visibility(required=False)
    note = Text(max_length=LONGEST_NOTE, required=False, help_text="For reviewers.")


class RecordAt(Document):
    """A record of an index."""

    index = Text(max_length=100, help_text="Its id or slug.")
    subject = Text(max_length=500)


class NewDraft(DraftFields):
    """A draft that is begun; `record` says from what it is filled, and nothing else is said then."""

    form = Text(max_length=100, help_text="Its slug or id.")
    record = RecordAt(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "record" in attrs and set(attrs) - {"record", "form"}:
            raise serializers.ValidationError({"record": ["Begin with a record, or say what is filled in."]})
        return attrs


class Seen(Document):
    """Which revision the caller saw. `If-Match`, with the ETag of the submission, says the same."""

    revision = Count(required=False)


class SavedDraft(DraftFields, Seen):
    """A draft that is saved."""


class SavedFiles(Seen):
    """Exactly these files are to be published."""

    files = serializers.ListField(child=ChosenFile(), max_length=MOST_FILES)


class Accepted(Seen):
    """Proposed values that are taken over; without places all of them."""

    pointers = serializers.ListField(child=Pointer(max_length=500), required=False, max_length=1_000)


class Shared(Document):
    """Who writes a submission with its author, and who may look at it: principals, exactly these."""

    editor = serializers.ListField(child=PrincipalName(max_length=100), required=False, max_length=100)
    viewer = serializers.ListField(child=PrincipalName(max_length=100), required=False, max_length=100)


class Sent(Seen):
    """A draft that is sent in."""

    note = Text(max_length=LONGEST_NOTE, required=False, help_text="For reviewers.")


class Approved(Seen):
    """A decision, with a word about it."""

    note = Text(max_length=LONGEST_NOTE, required=False)


class SentBack(Document):
    """What the author has to change."""

    note = Text(max_length=LONGEST_NOTE, allow_blank=False)


class Withdrawn(Document):
    """Why something is withdrawn: it is what stays to be read."""

    reason = Text(max_length=LONGEST_NOTE, allow_blank=False)


def changes(told: Mapping[str, Any]) -> DraftChanges:
    """What a document that was read says of a draft."""
    return DraftChanges(
        content=told.get("content"),
        files=chosen(told["files"]) if "files" in told else None,
        wanted=Wanted(**told["visibility"]) if "visibility" in told else None,
        note=told.get("note"),
    )


def chosen(told: Sequence[Mapping[str, Any]]) -> list[Chosen]:
    return [Chosen(str(one["collection"]), FilePath.parse(one["path"])) for one in told]
