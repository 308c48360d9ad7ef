"""Something is said of a field, and settled."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from apps.common.errors import Invalid
from apps.publish import services as publish
from apps.web.publish.review.base import ReviewPage
from apps.web.publish.review.lines import anchor_of


class Comments(ReviewPage):
    def post(self, request: HttpRequest) -> HttpResponse:
        pointer = request.POST.get("pointer", "")
        try:
            publish.comment(
                submission=self.submission, actor=self.user, pointer=pointer, text=request.POST.get("text", "")
            )
        except Invalid as error:
            self.tell_problem(error.message)
            return self.go()
        return self.go(anchor_of(pointer))


class Settle(ReviewPage):
    """``do`` is "open" to take it up again; ``next`` "draft" to go on writing."""

    def post(self, request: HttpRequest, comment_id: int) -> HttpResponse:
        is_settled = request.POST.get("do", "") != "open"
        found = publish.settle(
            submission=self.submission, comment_id=comment_id, actor=self.user, is_settled=is_settled
        )
        if request.POST.get("next", "") == "draft":
            return redirect("web:drafts:draft", self.submission.pk)
        return self.go(anchor_of(found.pointer))
