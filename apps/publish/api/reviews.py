"""What waits for a review, and addresses for referees who stay unnamed."""

from __future__ import annotations

from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.common.listing import listing
from apps.common.markers import Order, page_from
from apps.common.parsing import id_in
from apps.publish import services as publish
from apps.publish.api.answers import Answer
from apps.publish.api.base import PublishView, TalkView
from apps.publish.api.paging import LIMIT, MARKER
from apps.publish.api.submissions import SubmissionsTold
from apps.publish.api.told import told
from apps.publish.errors import NoSuchLink
from apps.publish.forms.base import read
from apps.publish.forms.reviews import NewLink

ELDEST = (Order("sent_at"), Order("id"))


class LinkTold(Answer):
    """A link that leads somewhere still. Its address is told when it is made, and kept nowhere."""

    id = serializers.UUIDField()
    label = serializers.CharField(allow_blank=True)  # type: ignore[assignment]  # declared fields are no attributes
    shows_authors = serializers.BooleanField()
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()


class NewLinkTold(LinkTold):
    """A link that was made. Keep its `url`: it is not told again."""

    url = serializers.CharField()


class LinksTold(Answer):
    links = LinkTold(many=True)


class Reviews(PublishView):
    """What waits for your review."""

    @told("list_reviews", SubmissionsTold, parameters=(LIMIT, MARKER))
    def get(self, request: Request) -> Response:
        """What was sent in and you may decide about, what waits longest first."""
        user, asked = self.user, listing(request.query_params, "reviews", ELDEST)
        page = page_from(publish.waiting_for(user), asked.place, asked.most)
        told = {"submissions": page.rows, "marker": asked.marker(page.following)}
        return Response(SubmissionsTold(told).data)


class Links(TalkView):
    """Links to a submission for referees."""

    @told("list_links", LinksTold)
    def get(self, request: Request, submission_id: str) -> Response:
        """The links that lead somewhere still, the newest first: all of them to its author, to reviewers their own."""
        one = self.submission(submission_id)
        return Response(LinksTold({"links": publish.links_of(one, actor=self.user, now=timezone.now())}).data)

    @told("make_link", NewLinkTold, asks=NewLink, status=201)
    def post(self, request: Request, submission_id: str) -> Response:
        """An address that shows the submission to whoever has it, without restricted sections, until it expires. It is
        told this once. For its author, and for reviewers who were sent it."""
        one, asked = self.submission(submission_id), read(NewLink, request.data)
        made, url = publish.make_link(submission=one, actor=self.user, now=timezone.now(), **asked)
        return Response({**LinkTold(made).data, "url": url}, status=201)


class OneLink(TalkView):
    """One of them."""

    @told("withdraw_link", None, status=204)
    def delete(self, request: Request, submission_id: str, link_id: str) -> Response:
        """Withdraw a link: from now on it leads nowhere. For the author, and for who made it."""
        one = self.submission(submission_id)
        key = id_in(link_id, NoSuchLink)
        publish.withdraw_link(submission=one, link_id=key, actor=self.user, now=timezone.now())
        return Response(status=204)
