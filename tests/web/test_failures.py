"""Errors are pages of the portal: they say what happened and what to do, and keep what they should."""

import pytest
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.urls import path

from apps.common.errors import NotAllowed, NotFound, PortalError, TooMany
from apps.search.errors import EngineUnavailable, InvalidQuery
from apps.web.failures import as_pages
from apps.web.urls import urlpatterns as pages
from portal.urls import urlpatterns as all_pages


def fail_with(error):
    def view(request):
        raise error

    return view


urlpatterns = [
    path("denied/", fail_with(PermissionDenied())),
    path("bad/", fail_with(BadRequest())),
    path("gone/", fail_with(Http404())),
    path("broken/", fail_with(ZeroDivisionError())),
    *all_pages,
]


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(("name", "status"), [("denied", 403), ("bad", 400), ("gone", 404), ("broken", 500)])
def test_djangos_own_errors_are_pages_of_the_portal(client, db, name, status):
    client.raise_request_exception = False

    answer = client.get(f"/{name}/")

    assert answer.status_code == status
    assert b'class="site-header"' in answer.content
    assert b"Vitrine" in answer.content


@pytest.mark.parametrize(
    ("error", "status", "header"),
    [
        (InvalidQuery("no such thing", place="q"), 400, ""),
        (NotAllowed(), 403, ""),
        (NotFound(), 404, ""),
        (TooMany(), 429, ""),
        (EngineUnavailable(), 503, "Retry-After"),
        (PortalError(), 500, ""),
    ],
)
def test_errors_of_the_portal_have_a_status_and_words(rf: RequestFactory, nobody, error, status, header):
    request = rf.get("/x/")
    request.user = nobody

    answer: HttpResponse = as_pages(fail_with(error))(request)

    assert answer.status_code == status
    assert not header or answer[header]
    assert status == 404 or error.message.encode() in answer.content.replace(b"&#x27;", b"'").replace(b"`", b"`")


def test_pages_are_read_and_not_written(client, index):
    assert client.post("/crystals/").status_code == 405


def test_every_page_of_ours_turns_errors_into_pages():
    routes = [inner for route in pages for inner in getattr(route, "url_patterns", [route])]

    assert all(hasattr(route.callback, "__wrapped__") for route in routes)
