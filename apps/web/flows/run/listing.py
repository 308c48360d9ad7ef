"""The runs that one may see: a list, and how many there were of each kind, day by day."""

from __future__ import annotations

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from apps.accounts.models import User
from apps.common.paging import Pages
from apps.flows import services as flows
from apps.web.flows.run.dashboard import dashboard_of
from apps.web.flows.run.searching import Search
from apps.web.flows.run_lines import lines_of
from apps.web.pages import Page
from apps.web.results.pager import number_in

SIZE = 50


class Runs(Page):
    template = "web/flows/run/runs.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        if not isinstance(self.actor, User):
            return redirect_to_login(request.get_full_path())
        seen = flows.runs_seen_by(self.actor)
        search = Search(request.GET, seen=seen)
        found, number = search.found(seen), number_in(request.GET.get("page", ""))
        lasting = search.lasting
        runs = list(found[(number - 1) * SIZE : number * SIZE])
        return self.page(
            search=search,
            dashboard=dashboard_of(search.found(seen, lasting), timezone.now(), kept=list(lasting.items())),
            runs=lines_of(runs),
            pages=Pages.of(number, size=SIZE, total=found.count(), url=search.url),
            follows=any(not run.is_over for run in runs),
        )
