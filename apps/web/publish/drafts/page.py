"""The page on which a draft is written: by buttons, and by a script that saves while one writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, JsonResponse

from apps.common.errors import Invalid
from apps.publish import services as publish
from apps.publish.errors import DraftChanged
from apps.publish.models import Submission
from apps.publish.types import Wanted
from apps.web.people.names import named
from apps.web.publish.drafts import merging
from apps.web.publish.drafts.base import DraftPage
from apps.web.publish.drafts.merging import Difference
from apps.web.publish.drafts.outline import outline
from apps.web.publish.drafts.saving import DraftForm, Said, wanted_in
from apps.web.publish.drafts.visibility import visibility_of
from apps.web.publish.drafts.whole import whole_of
from apps.web.publish.review.lines import open_comments
from apps.web.schema_forms.form import FormView
from apps.web.schema_forms.shown import walk

AUTO, MERGE = "auto", "merge"
NEXT = {"": "draft", "save": "draft", "check": "draft", "files": "files", "plan": "plan", MERGE: "draft"}
"""Buttons that save, with the page that one comes to."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody saved another one meanwhile: who, when, and what differs."""

    who: str
    is_you: bool
    draft: Submission
    differences: tuple[Difference, ...]


class OneDraft(DraftPage):
    """For those who write it; to who was only shown it, and once it is sent in, it is shown whole."""

    role = "viewer"
    step = "Form"
    template = "web/publish/drafts/draft.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        if not self.may_write:
            return self.page(template="web/publish/drafts/whole.html", **whole_of(self.draft, self.user))
        is_whole = "check" in request.GET
        return self.shown(DraftForm(self.draft, self.user).judged(is_whole=is_whole), is_whole=is_whole)

    def post(self, request: HttpRequest) -> HttpResponse:
        publish.require_submission(self.user, "editor", self.draft)
        given, button = request.POST.dict(), request.POST.get("do", "")
        form = DraftForm(self.draft, self.user, wanted_in(given))
        if button not in NEXT and button != AUTO:
            view = form.form.after(form.form.sent(given), button)
            return self.shown(view, wanted=wanted_in(given), revision=self.revision, seen=given.get("seen", ""))
        said = form.said(given)
        try:
            saved = self._saved(said, given)
        except DraftChanged:
            return self._conflict(form, said, given)
        except Invalid as error:
            return self._refused(form, said, given, error)
        if button == AUTO:
            return JsonResponse({"revision": saved.revision, "seen": merging.seen(saved), "name": str(saved)})
        self.tell("Saved.")
        answer = self.go(NEXT[button])
        if button == "check":
            answer["Location"] += "?check=1"
        return answer

    @property
    def may_write(self) -> bool:
        is_draft = self.draft.state == Submission.State.DRAFT
        return is_draft and publish.may_submission(self.user, "editor", self.draft)

    # --- saving --------------------------------------------------------------------------------------------------

    def _saved(self, said: Said, given: Mapping[str, str]) -> Submission:
        """What was changed in other places meanwhile stays; a file that was chosen is no reason to ask."""
        told, revision, began_with = said.changes, self.revision, given.get("seen", "")
        if given.get("do") == MERGE:
            picks = [name.removeprefix("pick:") for name, side in given.items() if side == "theirs"]
            told = merging.merged(self.draft, told, picks)
        elif began_with and began_with == merging.seen(self.draft):
            revision = self.draft.revision
        return publish.save_draft(submission=self.draft, actor=self.user, revision=revision, told=told)

    def _conflict(self, form: DraftForm, said: Said, given: Mapping[str, str]) -> HttpResponse:
        held = publish.get_submission(self.draft.pk, actor=self.user)
        name = named([held.saved_by], self.user)[held.saved_by]
        if given.get("do") == AUTO:
            told = {"code": DraftChanged.code, "who": "You" if name.is_you else name.text}
            return JsonResponse(told | {"saved_at": held.saved_at.isoformat()}, status=409)
        view = form.form.shown(said.typed, said.faults)
        found = merging.differences(held, said.changes, given.get("seen", ""), _labels(view))
        return self.shown(
            view,
            wanted=said.changes.wanted,
            revision=held.revision,
            seen=given.get("seen", ""),
            conflict=Conflict(name.text, name.is_you, held, tuple(found)),
            status=409,
        )

    def _refused(self, form: DraftForm, said: Said, given: Mapping[str, str], error: Invalid) -> HttpResponse:
        if given.get("do") == AUTO:
            return JsonResponse({"code": error.code, "message": error.message}, status=400)
        view = form.form.shown(said.typed, said.faults)
        return self.shown(view, wanted=said.changes.wanted, problem=error.message, status=400)

    # --- showing -------------------------------------------------------------------------------------------------

    def shown(
        self,
        view: FormView,
        *,
        wanted: Wanted | None = None,
        revision: int | None = None,
        seen: str | None = None,
        conflict: Conflict | None = None,
        problem: str = "",
        is_whole: bool = False,
        status: int = 200,
    ) -> HttpResponse:
        visibility = visibility_of(self.draft, self.user, wanted or self.draft.wanted, is_judged=is_whole)
        editors = publish.principals_with(self.draft.resource, "editor")
        return self.page(
            view=view,
            revision=self.draft.revision if revision is None else revision,
            seen=merging.seen(self.draft) if seen is None else seen,
            sections=list(outline(view)),
            visibility=visibility,
            conflict=conflict,
            problem=problem,
            comments=open_comments(self.draft, self.user, _names(view)),
            shared_with=[one.text for one in named(editors, self.user).values()],
            is_author=publish.may_submission(self.user, "author", self.draft),
            status=status,
        )


def _names(view: FormView) -> dict[str, str]:
    """Of the inputs, by the places of their values."""
    return {one.pointer: one.name for one in reversed(list(walk(view.root)))} if view.root else {}


def _labels(view: FormView) -> dict[str, str]:
    return {one.pointer: one.label for one in walk(view.root) if one.label} if view.root else {}
