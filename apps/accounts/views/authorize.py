"""The page on which a person lets an application in, and the one that shows the code to those who copy it by hand.

A person is sent here by an application, and back to it with a code. Where back is was registered before, so that
nobody is sent elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode, urlsplit

from authlib.common.urls import add_params_to_uri
from authlib.oauth2.rfc6749.errors import OAuth2Error
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import View
from django.views.decorators.cache import never_cache

from apps.accounts.models import User
from apps.accounts.oauth.server import AuthorizationRequest, server
from apps.accounts.services import issuing
from apps.accounts.services.consents import has_consented
from apps.accounts.services.people import identities_of
from apps.accounts.services.scopes import described
from apps.accounts.services.sign_in import SignIn, sign_in_of
from apps.accounts.types import Scope
from apps.common.middleware import POLICY

FILES = "/files/"


class _Redirect(HttpResponse):
    """To wherever the application is: its address may begin with a word of its own, which Django's class refuses.

    The policy of the page of consent lets its form lead there, so that ``LeaveByPage`` need not step in.
    """

    is_allowed_by_policy = True

    def __init__(self, uri: str) -> None:
        super().__init__(status=302)
        self["Location"] = uri


@method_decorator(never_cache, name="dispatch")
class Authorize(View):
    """A2. A GET asks the person, a POST to the same address is their answer; the address says all that is asked."""

    asked: AuthorizationRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            self.asked = AuthorizationRequest(request)
        except OAuth2Error as error:
            return _refused(request, error)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponseBase:
        user, prompt = request.user, self.asked.prompt
        if not isinstance(user, User):
            return self._back(error="login_required") if "none" in prompt else _to_sign_in(request)
        if "login" in prompt:
            return _sign_in_again(request, user)
        sign_in = sign_in_of(request, user)
        problem = sign_in.missing(request.GET)
        if problem:
            return self._ask(user, problem=problem)
        is_known = has_consented(user=user, application=self.asked.application, scopes=self.asked.scopes)
        is_itself = not self.asked.application.is_public and self.asked.application.template_id is None
        if is_known and is_itself and "consent" not in prompt:
            return self._by_page(self._let_in(user, sign_in, self.asked.scopes))
        if "none" in prompt:
            return self._back(error="consent_required")
        return self._ask(user)

    def post(self, request: HttpRequest) -> HttpResponseBase:
        user = request.user
        if not isinstance(user, User):
            return _to_sign_in(request)
        if request.POST.get("decision") != "allow":
            return self._back(error="access_denied", error_description="The person did not allow it.")
        sign_in = sign_in_of(request, user)
        problem = sign_in.missing(request.GET)
        if problem:
            return self._ask(user, problem=problem)
        refused = set(request.POST.getlist("optional_shown")) - set(request.POST.getlist("optional"))
        return self._let_in(user, sign_in, _without(self.asked.scopes, refused))

    def _ask(self, user: User, problem: str = "") -> HttpResponse:
        asked = self.asked
        told = {
            "application": asked.application,
            "scopes": list(described(asked.scopes)),
            "allows_refresh": asked.allows_refresh,
            "identities": identities_of(user),
            "message": self.request.GET.get("session_message", "")[:500],
            "problem": problem,
            "sends_to": urlsplit(asked.redirect_uri).netloc or asked.redirect_uri,
            "other_account": _other_account(self.request),
        }
        response = render(self.request, "accounts/authorize.html", told, status=403 if problem else 200)
        # A browser follows the way back only to where the policy lets a form lead.
        response["Content-Security-Policy"] = POLICY.replace(
            "form-action 'self'", f"form-action 'self' {_origin(asked.redirect_uri)}"
        )
        return response

    def _let_in(self, user: User, sign_in: SignIn, scopes: tuple[Scope, ...]) -> HttpResponse:
        asked, now = self.asked, timezone.now()
        grant = issuing.let_in(
            user=user,
            application=asked.application,
            scopes=scopes,
            allows_refresh=asked.allows_refresh,
            now=now,
            sign_in=sign_in,
        )
        return self._back(code=asked.make_code(grant, scope=" ".join(map(str, scopes)), now=now))

    def _by_page(self, response: HttpResponse) -> HttpResponse:
        """Who has just signed in came here from a form, whose policy forbids browsers to be led on to another site."""
        if "text/html" not in self.request.headers.get("Accept", ""):
            return response
        told = {"redirect_to": response["Location"], "host": urlsplit(response["Location"]).netloc}
        return render(self.request, "socialaccount/login_redirect.html", told)

    def _back(self, **told: str) -> HttpResponse:
        if self.asked.state:
            told["state"] = self.asked.state
        return _Redirect(add_params_to_uri(self.asked.redirect_uri, list(told.items())))


@method_decorator(never_cache, name="dispatch")
class CodePage(View):
    """A3. Shows the code to those who copy it into a program; it is worth nothing without the program's own secret."""

    def get(self, request: HttpRequest) -> HttpResponse:
        told = {"code": request.GET.get("code", "")[:500], "error": request.GET.get("error", "")[:100]}
        return render(request, "accounts/auth_code.html", told, status=200 if told["code"] else 400)


class SignOut(View):
    """A16. Where clients send people to sign out; they are asked first, because any page could send them."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return redirect("account_logout")


def _refused(request: HttpRequest, error: OAuth2Error) -> HttpResponse:
    """Tell the application, if where it is could be made sure of; else the person."""
    own = request.GET.get("redirect_uri", "").removeprefix(settings.PUBLIC_URL)
    if own.startswith(FILES) and url_has_allowed_host_and_scheme(own, allowed_hosts=None):
        # A file of a collection, which programs take for an application: whoever signs in may go there again.
        return redirect(f"{reverse('account_login')}?{urlencode({'next': own})}")
    if getattr(error, "redirect_uri", None):
        response: HttpResponse = server.handle_error_response(request, error)
        return response
    told = {"message": error.get_error_description() or error.error}
    return render(request, "accounts/authorize_refused.html", told, status=400)


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    return redirect(f"{reverse('account_login')}?{urlencode({'next': _after_sign_in(request)})}")


def _sign_in_again(request: HttpRequest, user: User) -> HttpResponse:
    """The application wants the person to show once more that it is them."""
    if user.has_usable_password():
        return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': _after_sign_in(request)})}")
    logout(request)
    return _to_sign_in(request)


def _after_sign_in(request: HttpRequest) -> str:
    """Back to here, where nobody need sign in a second time."""
    others = [word for word in request.GET.get("prompt", "").split() if word != "login"]
    return _here_with(request, prompt=" ".join(others))


def _other_account(request: HttpRequest) -> str:
    return f"{reverse('account_logout')}?{urlencode({'next': _here_with(request)})}"


def _here_with(request: HttpRequest, **changed: str) -> str:
    query = request.GET.copy()
    for name, value in changed.items():
        query.pop(name, None)
        if value:
            query[name] = value
    return f"{request.path}?{query.urlencode()}"


def _without(scopes: Iterable[Scope], refused: set[str]) -> tuple[Scope, ...]:
    return tuple(
        Scope(scope.name, scope.is_optional, _without(scope.dependencies, refused))
        for scope in scopes
        if not (scope.is_optional and scope.name in refused)
    )


def _origin(uri: str) -> str:
    parts = urlsplit(uri)
    is_web = parts.scheme in {"http", "https"}
    return f"{parts.scheme}://{parts.netloc}" if is_web else f"{parts.scheme}:"
