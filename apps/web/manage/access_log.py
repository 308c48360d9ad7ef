"""What changed access to an index, and who looked at all of it."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from apps.search import services as search
from apps.web.administration import log
from apps.web.manage.base import ManagePage


class AccessLog(ManagePage):
    """Addresses of people's machines are told to administrators of the portal alone."""

    role = "admin"
    section = "access_log"
    template = "web/manage/access_log.html"

    def get(self, request: HttpRequest) -> HttpResponseBase:
        if "as" in request.GET:
            return log.file(
                request.GET,
                lambda asked: search.each_of_access_log(index=self.index, actor=self.user, asked=asked),
                name=f"{self.index.slug}-access",
                tells_addresses=self.user.is_superuser,
            )
        page = log.build(
            request.GET,
            partial(search.access_log, index=self.index, actor=self.user),
            tells_addresses=self.user.is_superuser,
        )
        return self.page(page=page, status=400 if page.form.errors else 200)
