"""The audit log of the whole portal."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from apps.accounts import services as accounts
from apps.web.administration import log
from apps.web.administration.base import AdminPage


class Audit(AdminPage):
    section = "audit"
    template = "web/administration/audit.html"

    def get(self, request: HttpRequest) -> HttpResponseBase:
        if "as" in request.GET:
            return log.file(request.GET, accounts.each_audit_line, name="audit", tells_addresses=True)
        page = log.build(request.GET, accounts.audit_lines, tells_addresses=True)
        return self.page(page=page, status=400 if page.form.errors else 200)
