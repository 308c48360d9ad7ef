"""From what a page sends to what is kept of a draft, and back: nothing that was typed is lost, readable or not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from apps.accounts.models import User
from apps.common import places
from apps.publish import services as publish
from apps.publish.models import Submission
from apps.publish.types import FormDocument, Wanted
from apps.web.publish.drafts.seen import audiences
from apps.web.schema_forms.fields import Kind
from apps.web.schema_forms.form import RAW, TEXT, FormView, SchemaForm
from apps.web.schema_forms.proposing import Proposal
from apps.web.schema_forms.reading import Reading
from apps.web.schema_forms.shown import walk

LONGEST_CHOICE = 40
WRITTEN = {
    Kind.NUMBER,
    Kind.INTEGER,
    Kind.CHOICE,
    Kind.TERM,
    Kind.DATE,
    Kind.MOMENT,
    Kind.TIME,
    Kind.RAW,
    Kind.PRINCIPAL,
    Kind.TEXT,
    Kind.LONG,
}
"""What is typed into a field, and may be none of what it asks for."""


def wanted_in(given: Mapping[str, str]) -> Wanted:
    return Wanted(given.get("choice", "")[:LONGEST_CHOICE], given.get("embargo", "").strip()[:LONGEST_CHOICE])


@dataclass(frozen=True, slots=True)
class Said:
    """What a page sent of a draft. ``typed`` is what stood in its inputs, ``faults`` what is wrong with it."""

    changes: publish.DraftChanges
    typed: Mapping[str, str]
    faults: Mapping[str, str]


class DraftForm:
    """The form of a draft, for one who writes it: with who will see it as it was saved, or as is ``wanted`` now."""

    def __init__(self, draft: Submission, user: User, wanted: Wanted | None = None) -> None:
        self.draft = draft
        self.document: FormDocument = publish.document_for(draft)
        self.form = SchemaForm(
            self.document.schema,
            user,
            audiences=audiences(draft, user, wanted),
            proposals={pointer: Proposal(**one) for pointer, one in draft.proposed.items()},
        )

    def kept(self) -> dict[str, str]:
        """What stands in the inputs, as it was saved."""
        broken: Mapping[str, str] = self.draft.typed
        if "" in broken:
            return {RAW: "1", TEXT: broken[""]}
        typed = self.form.typed(self.draft.content)
        root = self.form.shown(typed).root
        names = {one.pointer: one.name for one in walk(root)} if root else {}
        return typed | {names[pointer]: text for pointer, text in broken.items() if pointer in names}

    def said(self, given: Mapping[str, str]) -> Said:
        typed = self.form.sent(given)
        found = self.form.read(typed)
        content = self._content(found)
        changes = publish.DraftChanges(
            content=content,
            typed=self._unread(typed, found),
            proposed={pointer: self.draft.proposed[pointer] for pointer in self.form.proposed(found)},
            wanted=wanted_in(given),
        )
        return Said(changes, typed, found.faults)

    def judged(self, *, is_whole: bool) -> FormView:
        """As it was saved; with all that is wrong, or only with what is wrong in what was written."""
        typed = self.kept()
        faults = self.form.read(typed).faults
        if not is_whole:
            faults = {pointer: told for pointer, told in faults.items() if self._is_written(pointer)}
        return self.form.shown(typed, faults)

    def _content(self, found: Reading) -> Mapping[str, Any]:
        """What nobody can fill in stays as it is; so does all of it while the JSON cannot be read."""
        if not isinstance(found.value, Mapping):
            return {} if not found.faults else self.draft.content
        content: Any = found.value
        for pointer in found.read_only:
            held = places.at(self.draft.content, pointer)
            content = places.put(content, pointer, held) if held is not places.NOTHING else content
        kept: Mapping[str, Any] = content
        return kept

    def _unread(self, typed: Mapping[str, str], found: Reading) -> dict[str, str]:
        """By place, what was typed and is no value."""
        if RAW in typed:
            return {} if isinstance(found.value, Mapping) else {"": typed.get(TEXT, "")}
        root = self.form.shown(typed, found.faults).root
        return {
            one.pointer: one.text
            for one in (walk(root) if root else ())
            if one.field.kind in WRITTEN and one.text and one.error and places.is_empty(_at(found.value, one.pointer))
        }

    def _is_written(self, pointer: str) -> bool:
        return pointer in self.draft.typed or not places.is_empty(places.at(self.draft.content, pointer))


def _at(value: Any, pointer: str) -> Any:
    return places.at(value if isinstance(value, Mapping) else {}, pointer)
