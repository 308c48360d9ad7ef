"""A draft is filled from files, checked and planned."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response

from apps.publish import services as publish
from apps.publish.api import answers, plans
from apps.publish.api.base import PublishView
from apps.publish.api.submissions import answer
from apps.publish.api.told import IF_MATCH, told
from apps.publish.forms.base import read
from apps.publish.forms.drafts import Accepted, SavedFiles, Seen, chosen


class Files(PublishView):
    """The files of a draft."""

    @told("choose_files", answers.SubmissionTold, asks=SavedFiles, fails=(409, 412), parameters=(IF_MATCH,))
    def put(self, request: Request, submission_id: str) -> Response:
        """Let exactly these be published. What they tell is proposed where nothing is filled in yet."""
        one, asked = self.submission(submission_id), read(SavedFiles, request.data)
        return answer(
            publish.choose_files(
                submission=one, actor=self.user, revision=self.revision(asked), files=chosen(asked["files"])
            )
        )


class Proposals(PublishView):
    """Values that files propose."""

    @told("propose_values", answers.SubmissionTold, asks=Seen, fails=(409, 412), parameters=(IF_MATCH,))
    def post(self, request: Request, submission_id: str) -> Response:
        """Look at the chosen files again."""
        one, asked = self.submission(submission_id), read(Seen, request.data)
        return answer(publish.propose(submission=one, actor=self.user, revision=self.revision(asked)))


class Acceptance(PublishView):
    """Proposed values that are taken over."""

    @told("accept_values", answers.SubmissionTold, asks=Accepted, fails=(409, 412), parameters=(IF_MATCH,))
    def post(self, request: Request, submission_id: str) -> Response:
        """Say that proposed values are right: those at these places, or all."""
        one, asked = self.submission(submission_id), read(Accepted, request.data)
        return answer(
            publish.accept(
                submission=one, actor=self.user, revision=self.revision(asked), pointers=asked.get("pointers")
            )
        )


class Check(PublishView):
    """What is wrong with a draft."""

    @told("check_submission", answers.Faults)
    def get(self, request: Request, submission_id: str) -> Response:
        """All that is filled in wrongly, or missing. The plan tells what else keeps it from being published."""
        return Response(answers.Faults({"faults": publish.faults_of(self.submission(submission_id))}).data)


class PlanOf(PublishView):
    """What will happen."""

    @told("plan_submission", plans.PlanTold)
    def get(self, request: Request, submission_id: str) -> Response:
        """What publishing would do as things stand, with all that keeps it from being done. It changes nothing."""
        return Response(plans.plan(publish.plan_of(self.submission(submission_id), actor=self.user)))
