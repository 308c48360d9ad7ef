"""No form is taken without the token of a page: each address that the URL configuration knows is tried."""

import re

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver

from apps.accounts import services as accounts

SAMPLES = {
    "uuid": "0" * 8 + "-0000-4000-8000-" + "0" * 12,
    "int": "1",
    "str": "x",
    "path": "x",
    "any_path": "x",
    "slug": "x",
}
GIVEN_ELSEWHERE = {"account/^saml/(?P<organization_slug>[^/]+)/acs/", "account/^saml/(?P<organization_slug>[^/]+)/sls/"}
"""What an identity provider lets the browser post: it cannot know a token, and signs what it sends instead."""
HARVESTED = {"oai"}
"""OAI-PMH takes questions by POST, answers everybody as nobody, and changes nothing."""

API = ("api/", "files/")
"""Where each request says who sends it: by a token, or by the session with a page's token beside it."""


def routes(patterns, prefix=""):
    for one in patterns:
        route = prefix + str(one.pattern)
        if isinstance(one, URLPattern):
            yield route, one.callback
        else:
            yield from routes(one.url_patterns, route)


def address(route):
    """An address of the route; of choices in a regular expression the first."""
    chosen = re.sub(r"\(\?P<\w+>([^()]*)\)", lambda part: part[1].split("|")[0] if "|" in part[1] else "x", route)
    plain = re.sub(r"[\^$\\]", "", chosen)
    return "/" + re.sub(r"<(?:(\w+):)?\w+>", lambda part: SAMPLES[part[1] or "str"], plain)


ALL = list(routes(get_resolver().url_patterns))
PAGES = sorted({address(route) for route, view in ALL if not getattr(view, "csrf_exempt", False)})


def test_only_the_api_does_without_where_each_request_says_who_sends_it():
    free = {route for route, view in ALL if getattr(view, "csrf_exempt", False) and not route.startswith(API)}

    assert free <= GIVEN_ELSEWHERE | HARVESTED


def test_the_api_takes_no_cookie_without_the_token_either(db):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(accounts.make_user(username="admin", password=None, is_admin=True))
    exempt = [address(route) for route, view in ALL if getattr(view, "csrf_exempt", False)]
    exempt = [page for page in exempt if page[1:].startswith(API)]

    answers = {page: browser.post(page, {}, content_type="application/json").status_code for page in exempt}

    # 400 and 401: routes that look for a secret in the request itself, and at no cookie.
    assert {page: status for page, status in answers.items() if status not in {400, 401, 403, 404, 405}} == {}
    assert {status for page, status in answers.items() if page.startswith("/api/search/v1/index")} == {403}


def test_every_address_of_a_page_is_tried():
    assert len(PAGES) > 100
    for page in PAGES:
        get_resolver().resolve(page)  # an address that is none is an error


@pytest.mark.parametrize("page", PAGES)
def test_a_post_without_the_token_is_refused(db, page):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(accounts.make_user(username="admin", password=None, is_admin=True))

    assert browser.post(page, {"name": "x"}).status_code == 403
