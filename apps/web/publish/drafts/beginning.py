"""Drafts are begun: empty, as a copy, or with what a record says; and go, or come back."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from urllib.parse import unquote, urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve

from apps.common.parsing import id_in
from apps.publish import services as publish
from apps.publish.errors import NoSuchSubmission
from apps.publish.models import Submission
from apps.search import services as search
from apps.search.errors import NoSuchSubject
from apps.web import links
from apps.web.publish.drafts.base import DraftPage, FormPage


class New(FormPage):
    """``index`` and ``subject`` name a record to begin with, or ``record`` is its address here; ``draft`` is a
    submission."""

    template = "web/publish/drafts/new.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        kept = [(name, request.GET[name]) for name in ("index", "subject", "draft") if request.GET.get(name)]
        return self.page(kept=kept, mine=publish.find_submissions(actor=self.user, form=self.form)[:20])

    def post(self, request: HttpRequest) -> HttpResponse:
        draft = self._begun(request.POST.get("index", ""), request.POST.get("draft", ""))
        return redirect("web:drafts:draft" if draft.content else "web:drafts:files", draft.pk)

    def _begun(self, index_name: str, draft_id: str) -> Submission:
        if index_name:
            return self._from_record(index_name, [self.request.POST.get("subject", "")])
        if told := self.request.POST.get("record", "").strip():
            return self._from_record(*_record_at(told))
        if draft_id:
            old = publish.get_submission(id_in(draft_id, NoSuchSubmission()), actor=self.user)
            return publish.copy_submission(submission=old, actor=self.user)
        return publish.begin_draft(form=self.form, actor=self.user)

    def _from_record(self, index_name: str, subjects: Sequence[str]) -> Submission:
        """With the first of them that there is."""
        index = search.get_index(name=index_name, actor=self.user)
        for subject in subjects:
            with suppress(NoSuchSubject):
                return publish.draft_from_record(form=self.form, actor=self.user, index=index, subject=subject)
        raise NoSuchSubject


class Copy(DraftPage):
    """A new draft with what is filled in here."""

    role = "viewer"
    needs_draft = False

    def post(self, _request: HttpRequest) -> HttpResponse:
        copy = publish.copy_submission(submission=self.draft, actor=self.user)
        self.tell("This is the copy. Its files are yet to be chosen.")
        return redirect("web:drafts:draft", copy.pk)


class TakeBack(DraftPage):
    """What was sent in is written again."""

    role = "author"
    needs_draft = False

    def post(self, _request: HttpRequest) -> HttpResponse:
        publish.take_back(submission=self.draft, actor=self.user)
        self.tell("It is a draft again.")
        return self.go()


class Revise(DraftPage):
    """The next version of what was published."""

    needs_draft = False

    def post(self, _request: HttpRequest) -> HttpResponse:
        publish.revise(submission=self.draft, actor=self.user)
        self.tell("This is the draft of the next version. What was published stays as it is.")
        return self.go()


class Delete(DraftPage):
    role = "author"
    template = "web/publish/drafts/delete.html"

    def get(self, _request: HttpRequest) -> HttpResponse:
        return self.page()

    def post(self, _request: HttpRequest) -> HttpResponse:
        publish.delete_draft(submission=self.draft, actor=self.user)
        self.tell("The draft is thrown away.")
        return redirect("web:drafts:drafts")


def _record_at(address: str) -> tuple[str, Sequence[str]]:
    """The index of a page of a record, and the subjects that the page may be of.

    Raises:
        NoSuchSubject: it is no such address.
    """
    try:
        found = resolve(unquote(urlsplit(address).path))
    except (Resolver404, ValueError) as error:
        raise NoSuchSubject from error
    if found.view_name != "web:record":
        raise NoSuchSubject
    return found.kwargs["name"], links.subjects_of(found.kwargs["subject"])
