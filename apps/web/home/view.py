"""The view of the home page, and of a search across all indexes."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from apps.search import services as search
from apps.search.forms import url
from apps.web import faults, links
from apps.web.failures import as_pages
from apps.web.home import everywhere as search_everywhere
from apps.web.home import page as home_page
from apps.web.who import names_known_to


@require_safe
@as_pages
def home(request: HttpRequest) -> HttpResponse:
    """The indexes that the visitor may see, or what each has of the words. An ``index`` leads on to its page."""
    words = request.GET.get("q", "")
    if chosen := request.GET.get("index"):
        index = search.get_index(name=chosen, actor=request.user)
        return redirect(links.index_url(index.slug, urlencode({"q": words}) if words else ""))
    return _everywhere(request, words) if words.strip() else _home(request)


def _home(request: HttpRequest) -> HttpResponse:
    answers = search.everywhere(actor=request.user, ask=home_page.ask)
    page = home_page.build(answers, names=_names(request, answers), today=timezone.now().date())
    return render(request, "web/home.html", {"page": page})


def _everywhere(request: HttpRequest, words: str) -> HttpResponse:
    state, problems = url.examine(urlencode({"q": words}))
    messages = faults.messages_of(problems)
    if messages:
        told = {"q": words, "faults": faults.build(messages, (), {})}
        return render(request, "web/everywhere.html", told, status=400)
    answers = search.everywhere(actor=request.user, ask=search_everywhere.ask(state))
    page = search_everywhere.build(state, answers, names=_names(request, answers))
    return render(request, "web/everywhere.html", {"q": page.q, "page": page})


def _names(request: HttpRequest, answers: list[search.Answer]) -> dict[str, str]:
    records = [record for answer in answers if answer.page for record in answer.page.records]
    return names_known_to(request.user, records)
