"""The plan of a draft: what will happen, what stands in its way, the record as others will see it; and the button."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse

from apps.accounts.models import User
from apps.publish import services as publish
from apps.publish.errors import DraftChanged, NotReady
from apps.publish.services import Copy, Plan
from apps.publish.types import Fault, Part
from apps.storage import services as storage
from apps.web.files import words
from apps.web.people.names import Name, named
from apps.web.publish.drafts.base import DraftPage
from apps.web.publish.drafts.files import UNSEEN
from apps.web.publish.drafts.preview import Preview, previews
from apps.web.publish.drafts.saving import DraftForm
from apps.web.publish.drafts.seen import words as who_words
from apps.web.schema_forms.shown import Shown, walk
from apps.web.values import count, size
from apps.web.who import Who

LONGEST_NOTE = 4000
OF_THE_FORM = {"/path", "/identifier", "/subject"}


@dataclass(frozen=True, slots=True)
class CopyLine:
    source: str
    path: str
    target: str
    told: str

    @classmethod
    def of(cls, copy: Copy, reader: User) -> CopyLine:
        """A co-author is not told of collections that they may not see."""
        more = "more than " if copy.is_cut else ""
        number = f"{more}{count(copy.files)} file{'' if copy.files == 1 else 's'}, {size(copy.size)}"
        sees_it = storage.visible_collections(reader).filter(pk=copy.source.pk).exists()
        source = copy.source.name if sees_it else UNSEEN
        return cls(source, words.readable(str(copy.chosen.path)), words.readable(str(copy.target)), number)


@dataclass(frozen=True, slots=True)
class RuleLine:
    """Who may read the folder now, by rules that the reader may know, and who will; ``later`` after the embargo."""

    path: str
    now: tuple[Name, ...]
    then: tuple[Name, ...]
    later: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class EntryLine:
    name: str
    who: Who
    later: Who | None


@dataclass(frozen=True, slots=True)
class FaultLine:
    """``url`` leads to where it can be mended, "" if that is not the author's to do."""

    message: str
    place: str
    url: str


class DraftPlan(DraftPage):
    step = "Plan"
    template = "web/publish/drafts/plan.html"

    def get(self, _request: HttpRequest) -> HttpResponse:
        return self.shown()

    def post(self, request: HttpRequest) -> HttpResponse:
        note = request.POST.get("note", "").replace("\0", "").replace("\r\n", "\n").strip()[:LONGEST_NOTE]
        try:
            publish.submit(submission=self.draft, actor=self.user, revision=self.revision, note=note)
        except NotReady:
            return self.shown(note=note, status=409)
        except DraftChanged:
            problem = "The draft was saved again since you looked at this plan. Look at it as it is now."
            return self.shown(note=note, problem=problem, status=409)
        self.tell("It is sent in.")
        return self.go()

    def shown(self, *, note: str = "", problem: str = "", status: int = 200) -> HttpResponse:
        plan = publish.plan_of(self.draft, actor=self.user)
        reviewers = publish.principals_with(self.draft.form.resource, "reviewer")
        return self.page(
            plan=plan,
            size=size(plan.size),
            file_count=count(plan.file_count),
            copies=[CopyLine.of(one, self.user) for one in plan.copies],
            folder=words.readable(str(plan.folder)) if plan.folder else "",
            rules=self._rules(plan),
            entries=[self._entry(part, plan) for part in plan.parts],
            faults=list(self._faults(plan)),
            previews=self._previews(plan),
            has_reviewers=bool(reviewers),
            proposed=len(self.draft.proposed),
            may_submit=publish.may_submission(self.user, "author", self.draft) and not plan.faults,
            is_author=publish.may_submission(self.user, "author", self.draft),
            note=note or self.draft.note,
            problem=problem,
            status=status,
        )

    def _rules(self, plan: Plan) -> RuleLine | None:
        if plan.collection is None or plan.folder is None:
            return None
        rules = storage.rules_of(plan.collection, actor=self.user)
        now = list(dict.fromkeys(one.principal for one in rules if plan.folder.is_within(one.place)))
        names = named({*now, *plan.readers, *plan.later}, self.user)

        def each(principals: tuple[str, ...]) -> tuple[Name, ...]:
            return tuple(names[one] for one in principals)

        return RuleLine(words.readable(plan.folder.folder), each(tuple(now)), each(plan.readers), each(plan.later))

    def _entry(self, part: Part, plan: Plan) -> EntryLine:
        section = publish.document_for(self.draft).section(part.entry_id)
        name = section.title if section else "Main entry"
        later = who_words(part.opens_to, self.user) if part.opens_to and plan.opens_at else None
        return EntryLine(name, who_words(part.visible_to, self.user), later)

    def _previews(self, plan: Plan) -> list[Preview]:
        document = publish.document_for(self.draft)
        return previews(plan, document, self.user) if plan.parts else []

    def _faults(self, plan: Plan) -> Iterator[FaultLine]:
        root = DraftForm(self.draft, self.user).judged(is_whole=True).root
        fields = {one.pointer: one for one in walk(root)} if root else {}
        for fault in dict.fromkeys(plan.faults):
            yield self._fault(fault, fields.get(fault.pointer))

    def _fault(self, fault: Fault, field: Shown | None) -> FaultLine:
        """What is wrong with the form itself is for those who administer it."""
        if fault.pointer == "/files":
            return FaultLine(fault.message, "Files", self.url("files"))
        if fault.pointer == "/visibility":
            return FaultLine(fault.message, "Who will see it", f"{self.url()}?check=1#visibility")
        if field is None and (fault.pointer.startswith("/form/") or fault.pointer in OF_THE_FORM):
            return FaultLine(fault.message, "", "")
        anchor = quote(field.name if field else "main", safe="/")
        return FaultLine(fault.message, field.label if field else "", f"{self.url()}?check=1#{anchor}")
