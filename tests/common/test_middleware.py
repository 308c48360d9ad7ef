import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from apps.common.middleware import CollapseSlashes, ContentSecurityPolicy

HEADER = "Content-Security-Policy"


def test_pages_load_and_run_only_the_portals_own_files():
    answer = ContentSecurityPolicy(lambda request: HttpResponse())(RequestFactory().get("/"))

    assert answer[HEADER].startswith("default-src 'none'; style-src 'self'; script-src 'self'; ")
    assert "unsafe" not in answer[HEADER]


def test_a_view_may_have_a_policy_of_its_own():
    answer = ContentSecurityPolicy(lambda request: HttpResponse(headers={HEADER: "sandbox"}))(RequestFactory().get("/"))

    assert answer[HEADER] == "sandbox"


@pytest.mark.parametrize(
    ("sent", "seen"),
    [
        ("/api/search//v1///index", "/api/search/v1/index"),
        ("//api/search/v1", "/api/search/v1"),
        ("/ssx/detail/https://example.org/1/", "/ssx/detail/https://example.org/1/"),
        ("/apis//x", "/apis//x"),
    ],
)
def test_slashes_collapse_in_addresses_of_the_api_alone(sent, seen):
    request = RequestFactory().get("/", QUERY_STRING="subject=a//b")
    request.path = request.path_info = sent

    CollapseSlashes(lambda request: HttpResponse())(request)

    assert (request.path, request.path_info) == (seen, seen)
    assert request.GET["subject"] == "a//b"
