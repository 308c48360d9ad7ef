"""Submissions: one's own, begun, read, saved, deleted, copied, shared."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response

from apps.common.errors import Invalid
from apps.common.listing import listing
from apps.publish import services as publish
from apps.publish.api import answers
from apps.publish.api.base import PublishView
from apps.publish.api.paging import LIMIT, MARKER, PageTold
from apps.publish.api.told import IF_MATCH, told
from apps.publish.forms.base import read
from apps.publish.forms.drafts import NewDraft, SavedDraft, Shared, changes
from apps.publish.models import Submission
from apps.publish.services.listing import NEWEST
from apps.search import services as search

STATES = OpenApiParameter("states", str, description="Only those in these states: words with commas between them.")


class SubmissionsTold(PageTold):
    submissions = answers.SubmissionNamed(many=True)


def answer(one: Submission, status: int = 200) -> Response:
    """A submission, with the ETag of its revision."""
    return Response(answers.SubmissionTold(one).data, status, headers={"ETag": f'"{one.revision}"'})


class Submissions(PublishView):
    """Your submissions."""

    @told("list_submissions", SubmissionsTold, parameters=(STATES, LIMIT, MARKER))
    def get(self, request: Request) -> Response:
        """Those that you write or were shown, what was saved last first."""
        user = self.user
        asked = listing(request.query_params, "submissions", NEWEST, words=("states",))
        states = asked.words["states"]
        if not set(states) <= set(Submission.State.values):
            raise Invalid(f"Ask for some of {', '.join(Submission.State.values)}.", place="states")
        page = publish.page_of_submissions(actor=user, states=states, place=asked.place, most=asked.most)
        told = {"submissions": page.rows, "marker": asked.marker(page.following)}
        return Response(SubmissionsTold(told).data)

    @told("begin_submission", answers.SubmissionTold, asks=NewDraft, status=201, fails=(409,))
    def post(self, request: Request) -> Response:
        """A new draft, which nobody sees but you."""
        user, asked = self.user, read(NewDraft, request.data)
        form, record = self.form(asked["form"]), asked.get("record")
        if record is None:
            return answer(publish.begin_draft(form=form, actor=user, told=changes(asked)), 201)
        index = search.get_index(name=record["index"], actor=user)
        draft = publish.draft_from_record(form=form, actor=user, index=index, subject=record["subject"])
        return answer(draft, 201)


class OneSubmission(PublishView):
    """One submission."""

    @told("get_submission", answers.SubmissionTold)
    def get(self, request: Request, submission_id: str) -> Response:
        """As it is, valid or not."""
        return answer(self.submission(submission_id))

    @told("save_submission", answers.SubmissionTold, asks=SavedDraft, fails=(409, 412), parameters=(IF_MATCH,))
    def patch(self, request: Request, submission_id: str) -> Response:
        """Keep what is said, valid or not; what is left out stays. Say which revision you saw."""
        one, asked = self.submission(submission_id), read(SavedDraft, request.data)
        saved = publish.save_draft(submission=one, actor=self.user, revision=self.revision(asked), told=changes(asked))
        return answer(saved)

    @told("delete_submission", None, status=204, fails=(409,))
    def delete(self, request: Request, submission_id: str) -> Response:
        """Throw a draft away. What was published before stays as it is."""
        publish.delete_draft(submission=self.submission(submission_id), actor=self.user)
        return Response(status=204)


class Copies(PublishView):
    """Copies of a submission."""

    @told("copy_submission", answers.SubmissionTold, status=201, fails=(409,))
    def post(self, request: Request, submission_id: str) -> Response:
        """A new draft of yours with what is filled in here; without its files."""
        return answer(publish.copy_submission(submission=self.submission(submission_id), actor=self.user), 201)


class Roles(PublishView):
    """With whom a submission is shared."""

    @told("get_roles", answers.SharedTold)
    def get(self, request: Request, submission_id: str) -> Response:
        """Principals by role."""
        return self._told(self.submission(submission_id))

    @told("share_submission", answers.SharedTold, asks=Shared)
    def put(self, request: Request, submission_id: str) -> Response:
        """Let exactly these have a role. One that is left out stays as it is."""
        one = self.submission(submission_id)
        publish.share_submission(submission=one, actor=self.user, roles=read(Shared, request.data))
        return self._told(one)

    def _told(self, one: Submission) -> Response:
        told: dict[str, Any] = {role: publish.principals_with(one.resource, role) for role in ("editor", "viewer")}
        return Response(told)
