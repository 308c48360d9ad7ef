"""Every path of an index: what stands there, where kinds clash, and one click to a facet or a column."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict

from apps.common.errors import Conflict, Invalid
from apps.common.paging import Pages
from apps.search import services as search
from apps.search.models import Index
from apps.search.services import Only
from apps.search.types import Presentation
from apps.web.context import Link
from apps.web.manage import catalogue_lines
from apps.web.manage.base import ManagePage
from apps.web.manage.catalogue_lines import Line
from apps.web.results.pager import number_in
from apps.web.values import count, plural

SIZE = 100
ORDERS = ("path", "-path", "entries", "-entries")


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the catalogue is to be seen, as the address says it."""

    contains: str = ""
    only: Only = Only.ALL
    order: str = "path"
    page: int = 1

    def query_string(self, **changes: str) -> str:
        pairs = {"contains": self.contains, "only": self.only.value, "order": self.order, **changes}
        return urlencode({key: text for key, text in pairs.items() if text and (key, text) != ("order", "path")})


@dataclass(frozen=True, slots=True)
class CataloguePage:
    asked: Asked
    summary: str
    lines: tuple[Line, ...]
    choices: tuple[Link, ...]
    by_path: Link
    by_entries: Link
    order_now: str
    pages: Pages
    here: str


class Catalogue(ManagePage):
    section = "catalogue"
    template = "web/manage/catalogue.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        asked = read(request.GET)
        found = search.paths_of(
            index=self.index,
            actor=self.user,
            contains=asked.contains,
            only=asked.only,
            order=asked.order,
            offset=(asked.page - 1) * SIZE,
            limit=SIZE,
        )
        is_admin = not search.role_names(index=self.index, actor=self.user).isdisjoint({"owner", "admin"})
        presentation = search.presentation(index=self.index, actor=self.user)
        page = build(self.index, asked, found, presentation, sees_all=is_admin)
        added = self._added(request.GET.get("added", "")) if is_admin else None
        return self.page(page=page, is_admin=is_admin, added=added, at=asked.query_string(page=str(asked.page)))

    def _added(self, number: str) -> object:
        """The version that a click on this page made, as long as it is the newest: so that it can be undone."""
        if not number.isdecimal():
            return None
        newest = search.draft(index=self.index, actor=self.user).number
        if newest != int(number):
            return None
        made = search.presentation_version(index=self.index, actor=self.user, number=newest)
        return {"note": made.note, "before": newest - 1}


class ShowPath(ManagePage):
    """Makes a path a facet or a column, and goes back to where the click was."""

    role = "admin"

    def post(self, request: HttpRequest) -> HttpResponse:
        at = read(QueryDict(request.POST.get("at", "")[:2000]))
        query = {"page": str(at.page)}
        try:
            part, path = request.POST.get("part", ""), request.POST.get("path", "")
            made = search.show_path(index=self.index, actor=self.user, path=path, part=part)
        except (Conflict, Invalid) as error:
            self.tell_problem(error.message)
        else:
            query["added"] = str(made.number)
        return self.go("catalogue", query=at.query_string(**query))


def read(parameters: QueryDict) -> Asked:
    only, order = parameters.get("only", ""), parameters.get("order", "")
    return Asked(
        contains=parameters.get("contains", "").strip()[:200],
        only=Only(only) if only in set(Only) else Only.ALL,
        order=order if order in ORDERS else "path",
        page=number_in(parameters.get("page", "")),
    )


def build(
    index: Index, asked: Asked, found: search.PathPage, presentation: Presentation, *, sees_all: bool
) -> CataloguePage:
    def at(**changes: str) -> str:
        return "?" + asked.query_string(**changes)

    counts = {Only.ALL: found.total, Only.CONFLICTS: found.conflicts, Only.BEYOND: found.beyond}
    titles = {Only.ALL: "All", Only.CONFLICTS: "Kinds clash", Only.BEYOND: "Past the field budget"}
    facets, columns = ({one.path for one in part} for part in (presentation.facets, presentation.columns))
    return CataloguePage(
        asked=asked,
        summary=f"{plural(found.total, 'path', 'paths')} in the content of the entries; "
        f"{count(index.field_budget)} can have fields of their own.",
        lines=tuple(catalogue_lines.line(index, one, facets, columns, sees_all=sees_all) for one in found.lines),
        choices=tuple(
            Link(f"{title} ({count(counts[only])})", at(only=only.value), only is asked.only)
            for only, title in titles.items()
        ),
        by_path=Link("Path", at(order="-path" if asked.order == "path" else "path"), asked.order.endswith("path")),
        by_entries=Link(
            "Entries",
            at(order="entries" if asked.order == "-entries" else "-entries"),
            asked.order.endswith("entries"),
        ),
        order_now="descending" if asked.order.startswith("-") else "ascending",
        pages=Pages.of(asked.page, size=SIZE, total=found.found, url=lambda page: at(page=str(page))),
        here=asked.query_string(page=str(asked.page)),
    )
