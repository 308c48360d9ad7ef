"""The history of an index's presentation: each version with what changed in it, and the way back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from difflib import unified_diff

from django.http import HttpRequest, HttpResponse, QueryDict

from apps.common.errors import Conflict, NotFound
from apps.common.paging import Pages
from apps.search import services as search
from apps.search.models import PresentationVersion
from apps.web.manage import catalogue
from apps.web.manage.base import ManagePage
from apps.web.manage.presentation import written
from apps.web.results.pager import number_in

SIZE = 25
AROUND = 3


@dataclass(frozen=True, slots=True)
class Version:
    number: int
    made_by: str
    made_at: datetime
    note: str
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Change:
    """A line of a difference. ``sign`` is "+", "-" or "" (as before)."""

    sign: str
    text: str


class History(ManagePage):
    role = "admin"
    section = "presentation"
    template = "web/manage/history.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        kept = search.presentation_history(index=self.index, actor=self.user)
        number = number_in(request.GET.get("page", ""))
        shown = kept[(number - 1) * SIZE : number * SIZE]
        return self.page(
            versions=[self._version(one, newest=kept[0].number) for one in shown],
            pages=Pages.of(number, size=SIZE, total=len(kept), url="?page={}".format),
        )

    def _version(self, one: PresentationVersion, *, newest: int) -> Version:
        is_current = one.number == newest
        return Version(
            one.number, one.made_by, one.made_at, one.note, self.url("presentation_version", one.number), is_current
        )


class OneVersion(ManagePage):
    """A version whole, and line by line against the one before."""

    role = "admin"
    section = "presentation"
    template = "web/manage/version.html"

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        one = search.presentation_version(index=self.index, actor=self.user, number=number)
        before: object = {}
        if number > 1:
            before = search.presentation_version(index=self.index, actor=self.user, number=number - 1).document
        newest = search.draft(index=self.index, actor=self.user).number
        return self.page(
            version=one,
            text=written(one.document),
            changes=changes(before, one.document),
            is_current=number == newest,
        )


class Restore(ManagePage):
    """Goes back to a version, by a new one. From the catalogue (``at``) one is there again."""

    role = "admin"

    def post(self, request: HttpRequest) -> HttpResponse:
        number = request.POST.get("number", "")
        if not number.isdecimal() or len(number) > 8:
            raise NotFound
        try:
            search.restore(index=self.index, actor=self.user, number=int(number))
        except Conflict as error:
            self.tell_problem(error.message)
        else:
            what = f"Version {number} is in force again." if int(number) else "Nothing is declared, as before."
            self.tell(what)
        if "at" in request.POST:
            at = catalogue.read(QueryDict(request.POST["at"][:2000]))
            return self.go("catalogue", query=at.query_string(page=str(at.page)))
        return self.go("presentation")


def changes(before: object, after: object) -> list[Change]:
    """The lines that differ, with a few around them; a gap reads "…"."""
    lines = unified_diff(written(before).splitlines(), written(after).splitlines(), lineterm="", n=AROUND)
    found = [_change(line) for at, line in enumerate(lines) if at > 1]
    return found[1:] if found and found[0] == Change("", "…") else found


def _change(line: str) -> Change:
    if line.startswith("@@"):
        return Change("", "…")
    return Change(line[0].strip(), line[1:])
