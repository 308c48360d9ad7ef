"""What somebody sees who has a link and no name."""

from __future__ import annotations

from allauth.decorators import rate_limit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View

from apps.publish import services as publish
from apps.publish.errors import NoSuchLink
from apps.web.record.formed import reader_of

HEADERS = {"X-Robots-Tag": "noindex, nofollow, noarchive", "Referrer-Policy": "no-referrer"}
"""The address is the secret: no engine keeps it, and no page that is left for learns it."""


@method_decorator(rate_limit(action="referee", limit_get=True), name="dispatch")
class Referee(View):
    """The same for everybody, signed in or not. A wrong, an expired and a withdrawn link are answered alike."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, secret: str) -> HttpResponse:
        try:
            shown = publish.by_secret(secret, now=timezone.now())
        except NoSuchLink as error:
            answer = render(request, "web/publish/review/referee_over.html", {"message": error.message}, status=404)
        else:
            section = reader_of(shown.schema).section(dict(shown.content), title="What is submitted")
            answer = render(request, "web/publish/review/referee.html", {"shown": shown, "section": section})
        for name, told in HEADERS.items():
            answer[name] = told
        return answer
