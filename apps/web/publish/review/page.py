"""A submission as those see it who talk about it: its reviewers, who decide, and those who write it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from apps.common.errors import Conflict, Invalid
from apps.publish import services as publish
from apps.publish.errors import DraftChanged, NotReady
from apps.publish.models import Submission
from apps.publish.types import Fault
from apps.web.files import words
from apps.web.people.names import named
from apps.web.publish.drafts.listing import SIGNS
from apps.web.publish.drafts.seen import audiences
from apps.web.publish.review.base import ReviewPage
from apps.web.publish.review.lines import anchor_of, comment_lines, difference_lines, field_lines
from apps.web.who import Who

State = Submission.State
LONGEST_NOTE = 4_000


@dataclass(frozen=True, slots=True)
class PartLine:
    """A part of the record, and who will see it."""

    name: str
    who: Who


@dataclass(frozen=True, slots=True)
class EventLine:
    what: str
    at: datetime
    who: str
    note: str
    number: int


class OneReview(ReviewPage):
    """GET for who may see it; POST decides, or takes it back."""

    template = "web/publish/review/review.html"

    def get(self, _request: HttpRequest) -> HttpResponse:
        return self.shown()

    def post(self, request: HttpRequest) -> HttpResponse:
        note = request.POST.get("note", "").replace("\r\n", "\n").replace("\0", "").strip()[:LONGEST_NOTE]
        try:
            told = self._done(request.POST.get("do", ""), note)
        except NotReady as error:
            return self.shown(note=note, problem="It cannot be published as it is.", faults=error.faults, status=409)
        except DraftChanged:
            self.submission.refresh_from_db()
            problem = "It was taken back, changed and sent in again since you looked at it. Look at it as it is now."
            return self.shown(note=note, problem=problem, status=409)
        except Conflict as error:
            self.tell_problem(error.message)
            return self.go()
        except Invalid as error:
            return self.shown(note=note, problem=error.message, status=400)
        self.tell(told)
        is_seen = publish.may_submission(self.user, "viewer", self._now())
        return self.go() if is_seen else redirect("web:review:waiting")

    def _now(self) -> Submission:
        self.submission.refresh_from_db()
        return self.submission

    def _done(self, verb: str, note: str) -> str:
        submission, user = self.submission, self.user
        match verb:
            case "approve":
                publish.approve(submission=submission, actor=user, note=note, revision=self.revision)
                return "It is approved, and is being published."
            case "send_back":
                is_said = any(not one.is_settled for one in publish.comments_of(submission, actor=user))
                if not note and not is_said:
                    raise Invalid("Say what is to be changed, here or beside a field, before you send it back.")
                publish.send_back(submission=submission, actor=user, note=note)
                return "It is sent back to its author."
            case "take_back":
                publish.take_back(submission=submission, actor=user)
                return "It is a draft again."
        raise Invalid("Choose what is to be done.")

    def shown(
        self, *, note: str = "", problem: str = "", faults: tuple[Fault, ...] = (), status: int = 200
    ) -> HttpResponse:
        submission, user = self.submission, self.user
        compared = publish.compare_with_last(submission, actor=user)
        differences = compared.differences if compared else ()
        comments = publish.comments_of(submission, actor=user)
        may_comment = publish.may_comment(user, submission)
        seen_by = audiences(submission, user) if may_comment else {}
        lines = field_lines(submission, user, audiences=seen_by, differences=differences, comments=comments)
        places = {one.anchor for one in lines}
        said = comment_lines(submission, user)
        tone, sign = SIGNS[State(submission.state)]
        is_author = publish.may_submission(user, "author", submission)
        return self.page(
            tone=tone,
            sign=sign,
            is_sent=submission.sent_at is not None and submission.state != State.DRAFT,
            author=self._name(submission.author_urn),
            lines=[one for one in lines if not one.is_missing],
            missing=[one for one in lines if one.is_missing],
            files=[words.readable(str(one.path)) for one in submission.files],
            parts=self._parts(seen_by),
            embargo=submission.wanted.embargo,
            compared=compared,
            differences=difference_lines(differences),
            said=[one for one in said if one.anchor not in places],
            open_comments=sum(not one.is_settled for one in said),
            events=self._events(),
            may_comment=may_comment,
            may_decide=publish.may_decide(user, submission),
            may_take_back=is_author and submission.state == State.IN_REVIEW,
            may_make_links=publish.may_make_links(user, submission),
            draft_url=self._draft_url(),
            files_anchor=anchor_of("/files"),
            plan_url=self.url("plan") if may_comment and submission.state == State.IN_REVIEW else "",
            note=note,
            problem=problem,
            faults=[(publish.label_in(submission, one.pointer), one.message) for one in faults],
            status=status,
        )

    def _parts(self, seen_by: dict[str, Who]) -> list[PartLine]:
        if not seen_by:
            return []
        sections = publish.document_for(self.submission).sections
        return [
            PartLine("The record and its files", seen_by[""]),
            *(PartLine(one.title, seen_by[one.name]) for one in sections),
        ]

    def _events(self) -> list[EventLine]:
        found = publish.events_of(self.submission, actor=self.user)
        names = named({one.by for one in found if one.by}, self.user)
        return [
            EventLine(one.get_kind_display(), one.at, names[one.by].text if one.by else "", one.note, one.number)
            for one in found
        ]

    def _draft_url(self) -> str:
        """Where it is written, for those who do."""
        is_editor = publish.may_submission(self.user, "editor", self.submission)
        return reverse("web:drafts:draft", args=[self.submission.pk]) if is_editor else ""

    def _name(self, principal: str) -> str:
        return named([principal], self.user)[principal].text
