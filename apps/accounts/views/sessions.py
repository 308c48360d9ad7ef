"""Where one is signed in, and signing out there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from apps.accounts import services
from apps.accounts.types.addresses import UNKNOWN
from apps.accounts.views.base import AccountPage

# The first that is found: browsers also give the names of those that they want to be taken for.
BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
SYSTEMS = {"Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Windows": "Windows", "Mac OS": "macOS",
           "CrOS": "ChromeOS", "Linux": "Linux"}  # fmt: skip


@dataclass(frozen=True)
class Row:
    id: int
    browser: str
    address: str
    began_at: datetime
    is_this: bool


def browser_of(agent: str) -> str:
    """``Firefox on Linux``, or what the browser says of itself if that is not known."""
    browser = next((name for sign, name in BROWSERS.items() if sign in agent), "")
    system = next((name for sign, name in SYSTEMS.items() if sign in agent), "")
    return f"{browser} on {system}" if browser and system else agent[:80] or "unknown"


def _place(address: str) -> str:
    return "unknown" if address == UNKNOWN else address


class Sessions(AccountPage):
    template = "accounts/sessions.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        this = request.session.session_key
        rows = [
            Row(one.pk, browser_of(one.user_agent), _place(one.ip), one.created_at, one.session_key == this)
            for one in services.sessions_of(self.user)
        ]
        return self.page(sessions=rows, has_others=any(not row.is_this for row in rows))


class EndSession(AccountPage):
    def post(self, request: HttpRequest, session_id: int) -> HttpResponse:
        ended = services.end_session(actor=self.user, session_id=session_id)
        messages.success(request, f"{browser_of(ended.user_agent)} is signed out.")
        return redirect("account_sessions")


class EndOtherSessions(AccountPage):
    def post(self, request: HttpRequest) -> HttpResponse:
        services.end_other_sessions(actor=self.user, but=request.session.session_key or "")
        messages.success(request, "You are signed out everywhere else.")
        return redirect("account_sessions")
