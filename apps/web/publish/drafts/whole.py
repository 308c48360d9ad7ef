"""All of what is written, for who was shown a draft: laid out as in a record."""

from __future__ import annotations

from dataclasses import dataclass

from apps.publish import services as publish
from apps.publish.models import Submission
from apps.web.files import words
from apps.web.record.formed import reader_of
from apps.web.record.readable import Section


@dataclass(frozen=True, slots=True)
class Whole:
    section: Section
    files: tuple[str, ...]

    @classmethod
    def of(cls, draft: Submission) -> Whole:
        section = reader_of(publish.document_for(draft).schema).section(draft.content, title="What is written")
        return cls(section, tuple(words.readable(str(one.path)) for one in draft.files))
