"""What the pages of a review share: who asks, and about which submission."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from apps.accounts.models import User
from apps.publish import services as publish
from apps.publish.models import Submission
from apps.web.publish.drafts.base import RevisedPage


class ReviewPage(RevisedPage):
    """Of one submission, for those who may see it."""

    submission: Submission

    def dispatch(self, request: HttpRequest, *args: object, **parts: object) -> HttpResponseBase:
        submission_id = parts.pop("submission_id")
        if isinstance(request.user, User):
            self.submission = publish.get_submission(UUID(str(submission_id)), actor=request.user)
        return super().dispatch(request, *args, **parts)

    def page(self, *, template: str = "", status: int = 200, **values: object) -> HttpResponse:
        return super().page(template=template, status=status, submission=self.submission, **values)

    def url(self, name: str = "one") -> str:
        return reverse(f"web:review:{name}", args=[self.submission.pk])

    def go(self, anchor: str = "") -> HttpResponse:
        """To the page of the submission."""
        return redirect(self.url() + (f"#{anchor}" if anchor else ""))
