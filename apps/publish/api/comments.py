"""What reviewers and authors say of fields."""

from __future__ import annotations

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.publish import services as publish
from apps.publish.api.answers import Answer
from apps.publish.api.base import TalkView
from apps.publish.api.told import told
from apps.publish.api.versions import is_number
from apps.publish.errors import NoSuchComment
from apps.publish.forms.base import read
from apps.publish.forms.reviews import Comment, Settled


class CommentTold(Answer):
    """`pointer` is the field that it is of, "" the whole; `number` the version that was looked at."""

    id = serializers.IntegerField()
    number = serializers.IntegerField()
    pointer = serializers.CharField(allow_blank=True)
    text = serializers.CharField()
    by = serializers.CharField()
    at = serializers.DateTimeField()
    is_settled = serializers.BooleanField()


class CommentsTold(Answer):
    comments = CommentTold(many=True)


class Comments(TalkView):
    """Comments on a submission."""

    @told("list_comments", CommentsTold)
    def get(self, request: Request, submission_id: str) -> Response:
        """All that was said of it, the eldest first."""
        found = publish.comments_of(self.submission(submission_id), actor=self.user)
        return Response(CommentsTold({"comments": found}).data)

    @told("comment", CommentTold, asks=Comment, status=201)
    def post(self, request: Request, submission_id: str) -> Response:
        """Say something of a field, or of the whole. For those who write it, and for reviewers who were sent it."""
        one, asked = self.submission(submission_id), read(Comment, request.data)
        return Response(CommentTold(publish.comment(submission=one, actor=self.user, **asked)).data, status=201)


class OneComment(TalkView):
    """One comment."""

    @told("settle_comment", CommentTold, asks=Settled)
    def patch(self, request: Request, submission_id: str, comment_id: str) -> Response:
        """Say that nothing more is to be done about a comment, or that there is. For those who write the submission,
        and for reviewers who were sent it."""
        one, asked = self.submission(submission_id), read(Settled, request.data)
        if not is_number(comment_id):
            raise NoSuchComment
        found = publish.settle(
            submission=one, comment_id=int(comment_id), actor=self.user, is_settled=asked["is_settled"]
        )
        return Response(CommentTold(found).data)
