"""A submission is sent in, decided about, published, begun anew, withdrawn; and how it goes."""

from __future__ import annotations

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from apps.flows import services as flows
from apps.flows.errors import NoSuchRun
from apps.publish import services as publish
from apps.publish.api import answers
from apps.publish.api.base import PublishView, ReviewView, TalkView
from apps.publish.api.submissions import answer
from apps.publish.api.told import IF_MATCH, told
from apps.publish.errors import DraftChanged
from apps.publish.forms.base import read
from apps.publish.forms.drafts import Approved, Sent, SentBack, Withdrawn
from apps.publish.models import Submission


class Submit(PublishView):
    """Sending in."""

    @told("submit", answers.SubmissionTold, asks=Sent, status=202, fails=(409, 412), parameters=(IF_MATCH,))
    def post(self, request: Request, submission_id: str) -> Response:
        """Send a draft in as it stands: to reviewers where its form has some, else it is published. For its author."""
        one, asked = self.submission(submission_id), read(Sent, request.data)
        note, revision = asked.get("note", ""), self.revision(asked)
        return answer(publish.submit(submission=one, actor=self.user, revision=revision, note=note), 202)


class TakeBack(PublishView):
    """Going on with what was sent in."""

    @told("take_back", answers.SubmissionTold, fails=(409,))
    def post(self, request: Request, submission_id: str) -> Response:
        """Go on writing what was sent in, as long as nobody approved it. For its author."""
        return answer(publish.take_back(submission=self.submission(submission_id), actor=self.user))


class Approve(ReviewView):
    """A reviewer's yes."""

    @told("approve", answers.SubmissionTold, asks=Approved, status=202, fails=(409, 412), parameters=(IF_MATCH,))
    def post(self, request: Request, submission_id: str) -> Response:
        """Publish what was sent in. For reviewers of its form who did not write it. Say which revision you looked at,
        and nothing else is approved."""
        one, asked = self.submission(submission_id), read(Approved, request.data)
        seen, note = self.seen(asked, "revision", DraftChanged), asked.get("note", "")
        return answer(publish.approve(submission=one, actor=self.user, note=note, revision=seen), 202)


class SendBack(ReviewView):
    """A reviewer's not yet."""

    @told("send_back", answers.SubmissionTold, asks=SentBack, fails=(409,))
    def post(self, request: Request, submission_id: str) -> Response:
        """Ask the author to change something. For reviewers of its form who did not write it."""
        one, asked = self.submission(submission_id), read(SentBack, request.data)
        return answer(publish.send_back(submission=one, actor=self.user, note=asked["note"]))


class Revise(PublishView):
    """The next version."""

    @told("revise", answers.SubmissionTold, fails=(409,))
    def post(self, request: Request, submission_id: str) -> Response:
        """Begin the next version of what was published, which stays as it is until that is published."""
        return answer(publish.revise(submission=self.submission(submission_id), actor=self.user))


class Withdraw(TalkView):
    """The end of a record."""

    @told("withdraw", answers.SubmissionTold, asks=Withdrawn, status=202, fails=(409,))
    def post(self, request: Request, submission_id: str) -> Response:
        """Take all versions out of the index, and let nobody read the files; a tombstone stays. For its author, and
        for reviewers of its form."""
        one, asked = self.submission(submission_id), read(Withdrawn, request.data)
        return answer(publish.withdraw(submission=one, actor=self.user, reason=asked["reason"]), 202)


class Status(PublishView):
    """How it goes."""

    @told("get_status", answers.StatusTold)
    def get(self, request: Request, submission_id: str) -> Response:
        """Its state, the run that publishes it, why it was not published, or cannot go on, and its history."""
        one = self.submission(submission_id)
        told = {name: getattr(one, name) for name in ("state", "number", "revision", "trouble")}
        told |= {"run": self._run(one), "delay": publish.delay_of(one), "history": one.events.all()}
        return Response(answers.StatusTold(told).data)

    def _run(self, one: Submission) -> dict[str, Any] | None:
        """None without one, or where the caller may not see it."""
        try:
            run = flows.get_run(one.run_id, actor=self.user) if one.run_id else None
        except NoSuchRun:
            return None
        return {"id": run.pk, "status": run.status} if run else None
