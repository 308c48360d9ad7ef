"""What the pages of drafts share: who asks, which draft, and the steps that lead to a record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from apps.accounts.models import User
from apps.publish import services as publish
from apps.publish.errors import WrongState
from apps.publish.models import Form, Submission
from apps.web.pages import SignedInPage

State = Submission.State
_REACHED: dict[str, int] = {
    State.DRAFT: 0,
    State.IN_REVIEW: 3,
    State.PUBLISHING: 4,
    State.UNDOING: 4,
    State.PUBLISHED: 5,
}


@dataclass(frozen=True, slots=True)
class Step:
    label: str
    url: str = ""
    is_done: bool = False
    is_current: bool = False


class FormPage(SignedInPage):
    """A page of a form, for those who may submit by it."""

    form: Form

    def dispatch(self, request: HttpRequest, *args: object, **parts: object) -> HttpResponseBase:
        slug = str(parts.pop("form_slug"))
        if isinstance(request.user, User):
            self.form = publish.get_form(slug, actor=request.user)
            publish.require_form(request.user, "submitter", self.form)
        return super().dispatch(request, *args, **parts)

    def page(self, *, template: str = "", status: int = 200, **values: object) -> HttpResponse:
        return super().page(template=template, status=status, form=self.form, **values)


class RevisedPage(SignedInPage):
    """What it changes is what it showed: it says of which revision that was."""

    @property
    def revision(self) -> int:
        """The one that the page showed; 0, which is none, if it does not say."""
        told = self.request.POST.get("revision", "")
        return int(told) if told.isascii() and told.isdecimal() and len(told) < 10 else 0


class DraftPage(RevisedPage):
    """A page of one submission, for those who have ``role`` on it."""

    role: ClassVar[str] = "editor"
    step: ClassVar[str] = ""
    needs_draft: ClassVar[bool] = True
    draft: Submission

    def dispatch(self, request: HttpRequest, *args: object, **parts: object) -> HttpResponseBase:
        draft_id = parts.pop("draft_id")
        if isinstance(request.user, User):
            self.draft = publish.get_submission(UUID(str(draft_id)), actor=request.user)
            publish.require_submission(request.user, self.role, self.draft)
            if self.needs_draft and request.method == "POST" and self.draft.state != State.DRAFT:
                raise WrongState("It was sent in, and is not changed any more. Look at it again.")
        return super().dispatch(request, *args, **parts)

    def url(self, name: str = "draft") -> str:
        return reverse(f"web:drafts:{name}", args=[self.draft.pk])

    def go(self, name: str = "draft") -> HttpResponse:
        return redirect(self.url(name))

    def page(self, *, template: str = "", status: int = 200, **values: object) -> HttpResponse:
        is_draft = self.draft.state == State.DRAFT
        return super().page(
            template=template, status=status, draft=self.draft, is_draft=is_draft, steps=self._steps(), **values
        )

    def _steps(self) -> list[Step]:
        has_review = bool(publish.principals_with(self.draft.form.resource, "reviewer"))
        reached = _REACHED.get(self.draft.state, 0)
        done = [bool(self.draft.files_json) or reached > 0, reached > 0, reached > 0, reached > 3, reached > 4]
        urls = [self.url("files"), self.url(), self.url("plan"), reverse("web:review:one", args=[self.draft.pk]), ""]
        labels = ["Files", "Form", "Plan", "Review", "Published"]
        here = self.step if reached == 0 else "Review" if reached == 3 else ""
        steps = [
            Step(label, url, is_done and label != here, label == here)
            for label, url, is_done in zip(labels, urls, done, strict=True)
        ]
        return [one for one in steps if has_review or one.label != "Review"]
