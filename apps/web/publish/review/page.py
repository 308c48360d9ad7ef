"""A submission as those see it who talk about it: its reviewers, who decide, and those who write it."""

from __future__ import annotations

from typing import Any

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
from apps.web.publish.review.beside import events_of, parts_of
from apps.web.publish.review.lines import anchor_of, comment_lines, difference_lines, field_lines
from apps.web.who import Who

State = Submission.State
LONGEST_NOTE = 4_000


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
        may_comment = publish.may_comment(self.user, self.submission)
        seen_by = audiences(self.submission, self.user) if may_comment else {}
        tone, sign = SIGNS[State(self.submission.state)]
        return self.page(
            tone=tone,
            sign=sign,
            is_sent=self.submission.sent_at is not None and self.submission.state != State.DRAFT,
            author=named([self.submission.author_urn], self.user)[self.submission.author_urn].text,
            files=[words.readable(str(one.path)) for one in self.submission.files],
            files_anchor=anchor_of("/files"),
            parts=parts_of(self.submission, seen_by),
            embargo=self.submission.wanted.embargo,
            events=events_of(self.submission, self.user),
            note=note,
            problem=problem,
            faults=[(publish.label_in(self.submission, one.pointer), one.message) for one in faults],
            status=status,
            **self._said(seen_by),
            **self._acts(may_comment=may_comment),
        )

    def _said(self, seen_by: dict[str, Who]) -> dict[str, Any]:
        """What is filled in, how it differs from what was published last, and what is said of it."""
        compared = publish.compare_with_last(self.submission, actor=self.user)
        differences = compared.differences if compared else ()
        comments = publish.comments_of(self.submission, actor=self.user)
        lines = field_lines(self.submission, self.user, audiences=seen_by, differences=differences, comments=comments)
        places, said = {one.anchor for one in lines}, comment_lines(self.submission, self.user)
        return {
            "lines": [one for one in lines if not one.is_missing],
            "missing": [one for one in lines if one.is_missing],
            "compared": compared,
            "differences": difference_lines(differences),
            "said": [one for one in said if one.anchor not in places],
            "open_comments": sum(not one.is_settled for one in said),
        }

    def _acts(self, *, may_comment: bool) -> dict[str, Any]:
        """What the reader may do; addresses are "" where they may not."""
        submission, user = self.submission, self.user
        is_waiting = submission.state == State.IN_REVIEW
        edits = publish.may_submission(user, "editor", submission)
        return {
            "may_comment": may_comment,
            "may_decide": publish.may_decide(user, submission),
            "may_take_back": is_waiting and publish.may_submission(user, "author", submission),
            "may_make_links": publish.may_make_links(user, submission),
            "draft_url": reverse("web:drafts:draft", args=[submission.pk]) if edits else "",
            "plan_url": self.url("plan") if may_comment and is_waiting else "",
        }
