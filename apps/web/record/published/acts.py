"""What is done with a record from its page: the next version begun, all withdrawn, files asked for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from apps.common.errors import Invalid, NotAllowed
from apps.publish import services as publish
from apps.publish.errors import NothingToAsk
from apps.publish.services.requesting import LONGEST
from apps.web.record.published.base import VersionPage
from apps.web.record.published.editions import version_url
from apps.web.record.published.files import files_of
from apps.web.record.published.publication import draft_url


class Revise(VersionPage):
    changes = True

    def post(self, _request: HttpRequest) -> HttpResponse:
        return redirect(draft_url(publish.revise(submission=self.submission, actor=self.user)))


class _Asking(VersionPage):
    """A page with a text to be written. What is wrong with it is said there, and the text is kept."""

    changes = True

    def get(self, _request: HttpRequest) -> HttpResponse:
        return self._page()

    def _page(self, *, text: str = "", wrong: str = "", status: int = 200) -> HttpResponse:
        told = {"version": self.version, "text": text, "wrong": wrong, "longest": LONGEST, "back": self._back}
        return render(self.request, self.template, {**told, **self.values()}, status=status)

    def values(self) -> dict[str, object]:
        """
        Raises:
            PortalError: there is nothing to be asked here.
        """
        return {}

    @property
    def _back(self) -> str:
        return version_url(self.submission.pk, self.version.number)

    def post(self, request: HttpRequest) -> HttpResponse:
        self.values()
        text = request.POST.get("text", "")[:LONGEST]
        try:
            done = self.do(text)
        except Invalid as error:
            return self._page(text=text, wrong=error.message, status=400)
        self.tell(done)
        return redirect(self._back)

    def do(self, text: str) -> str:
        """What was done, in words.

        Raises:
            Invalid: the text is not enough.
        """
        raise NotImplementedError


class Withdraw(_Asking):
    template = "web/record/withdraw.html"

    def values(self) -> dict[str, object]:
        if not publish.may_withdraw(self.user, self.submission):
            raise NotAllowed("Only its author and the reviewers of its form withdraw a record. Ask one of them.")
        versions = publish.versions_of(self.submission, actor=self.user)
        return {"versions": len(versions)}

    def do(self, text: str) -> str:
        publish.withdraw(submission=self.submission, actor=self.user, reason=text)
        return "The record is withdrawn. This page stays."


class RequestAccess(_Asking):
    template = "web/record/request.html"

    def values(self) -> dict[str, object]:
        files = files_of(self.version, reader=self.user, tells_of_others=self.shown.main is not None)
        if not files.refused:
            raise NothingToAsk
        return {"files": files.refused}

    def do(self, text: str) -> str:
        publish.request_files(version=self.version, actor=self.user, text=text)
        return "Your request was sent to the authors. They answer you themselves."
