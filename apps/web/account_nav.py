"""``{% account_sections %}``: the sections of the account, for who is signed in."""

from __future__ import annotations

from django import template
from django.http import HttpRequest
from django.urls import reverse

from apps.accounts.models import User
from apps.web.context import Link

register = template.Library()

_SECTIONS = {
    "account": "Account",
    "account_identities": "Identities",
    "account_change_password": "Password",
    "mfa_index": "Passkeys and codes",
    "account_sessions": "Sessions",
    "account_email": "E-mail",
    "account_groups": "Groups",
    "account_connections": "Connected applications",
    "account_tokens": "Tokens",
    "account_applications": "Your applications",
    "account_command_line": "Command line",
}
_OF_STAFF = {"account_invitations": "Invitations"}
_OF_ADMINS = {"web:access": "Administration"}


@register.simple_tag(takes_context=True)
def account_sections(context: template.Context) -> list[Link]:
    request: HttpRequest = context["request"]
    user = request.user
    shown = dict(_SECTIONS)
    if isinstance(user, User) and user.is_staff:
        shown |= _OF_STAFF
    if isinstance(user, User) and user.is_superuser:
        shown |= _OF_ADMINS
    links = {reverse(name): label for name, label in shown.items()}
    here = max((url for url in links if request.path.startswith(url)), key=len, default="")
    return [Link(label, url, is_current=url == here) for url, label in links.items()]
