"""What every page's frame needs: places, the account's links, and the theme."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from apps.accounts.models import User
from apps.publish import services as publish

THEMES = ("light", "dark")
_NOT_SEARCH = {"account", "collections", "flows", "publish", "tasks", "timers", "triggers"}


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    url: str
    is_current: bool = False


def portal(request: HttpRequest) -> dict[str, object]:
    """Values of ``templates/base.html``."""
    theme = request.COOKIES.get("theme", "")
    here = request.path.partition("/")[2].partition("/")[0]
    return {
        "theme": theme if theme in THEMES else "",
        "facility": settings.FACILITY,
        "viewing": getattr(request, "viewing", None),
        "places": _places(request, here),
        "account_links": [
            Link("Account", reverse("account")),
            Link("Tokens", reverse("account_tokens")),
            Link("Groups", reverse("account_groups")),
        ],
        "sign_in_url": f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': _next(request)})}",
    }


def _places(request: HttpRequest, here: str) -> list[Link]:
    """Tasks, timers and triggers are of somebody: who is not signed in has none. Publishing is for those who take part
    in it."""
    places = [
        Link("Search", reverse("web:home"), is_current=here not in _NOT_SEARCH),
        Link("Files", reverse("web:files:collections"), is_current=here == "collections"),
        Link("Flows", reverse("web:flows:flows"), is_current=here == "flows"),
    ]
    if isinstance(getattr(request, "user", None), User):  # an error may come before anybody looked who asks
        places.append(Link("Transfers", reverse("web:tasks:tasks"), is_current=here == "tasks"))
        places.append(Link("Timers", reverse("web:timers:timers"), is_current=here == "timers"))
        places.append(Link("Triggers", reverse("web:triggers:triggers"), is_current=here == "triggers"))
        if publish.takes_part(request.user):
            places.append(Link("Publish", reverse("web:forms:home"), is_current=here == "publish"))
    return places


def _next(request: HttpRequest) -> str:
    """Where a visitor is after signing in: where they were, unless that is an account page."""
    return reverse("web:home") if request.path.startswith("/account/") else request.get_full_path()
