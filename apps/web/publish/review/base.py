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
from apps.web.pages import SignedInPage


class ReviewPage(SignedInPage):
    """Of one submission, for those who may see it."""

    submission: Submission

    def dispatch(self, request: HttpRequest, *args: object, **parts: object) -> HttpResponseBase:
        submission_id = parts.pop("submission_id")
        if isinstance(request.user, User):
            self.submission = publish.get_submission(UUID(str(submission_id)), actor=request.user)
        return super().dispatch(request, *args, **parts)

    @property
    def revision(self) -> int:
        """The one that the page showed; 0, which is none, if it does not say."""
        told = self.request.POST.get("revision", "")
        return int(told) if told.isascii() and told.isdecimal() and len(told) < 10 else 0

    def page(self, *, template: str = "", status: int = 200, **values: object) -> HttpResponse:
        return super().page(template=template, status=status, submission=self.submission, **values)

    def url(self, name: str = "one") -> str:
        return reverse(f"web:review:{name}", args=[self.submission.pk])

    def go(self, anchor: str = "") -> HttpResponse:
        """To the page of the submission."""
        return redirect(self.url() + (f"#{anchor}" if anchor else ""))
