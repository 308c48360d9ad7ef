"""What reviewers and authors say of fields."""

from __future__ import annotations

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.publish import services as publish
from apps.publish.api.answers import Answer
from apps.publish.api.base import PublishView
from apps.publish.api.told import told
from apps.publish.forms.base import read
from apps.publish.forms.drafts import Comment
from apps.publish.services.scopes import scope


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


class Comments(PublishView):
    """Comments on a submission."""

    scopes_to_write = (scope("manage"), scope("review"), scope("all"))

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
