"""Rubbish is refused: a 4xx in the service's shape that names the place, soon, and nothing has changed."""

from __future__ import annotations

import time

import pytest

from apps.access.models import Role
from apps.search.models import Entry, Index, Task
from tests.api import rubbish
from tests.api.oracle import ERROR, differences

SOON_S = 10.0
V1 = "query#1.0.0"
pytestmark = pytest.mark.usefixtures("shelf")


@pytest.fixture
def refused(api, alice, v1):
    """Sends, as Alice, what must be refused; gives the error."""
    client = api(alice)
    client.raise_request_exception = False

    def refused(method, url, body=b"", place="", *, kind="application/json", status=None):
        url = url if url.startswith("/") else v1(url)
        body = body if isinstance(body, bytes) else rubbish.encoded(body)
        began, before = time.monotonic(), held()
        answer = client.generic(method, url, body, content_type=kind)
        told = answer.json()
        assert 400 <= answer.status_code < 500, (method, url[:200], body[:200], told)
        assert status in (None, answer.status_code), told
        assert differences(told, ERROR) == []
        assert told["message"]
        assert place in told.get("error_data", {}).get("place", "") or place in told["message"], (body[:300], told)
        assert len(answer.content) < 50_000
        assert time.monotonic() - began < SOON_S, (method, url[:200], body[:200])
        assert held() == before
        return told

    return refused


def held():
    return tuple(model.objects.count() for model in (Task, Entry, Index, Role))


ADDRESSES = [
    "search",
    "scroll",
    "ingest",
    "entry",
    "batch_delete_by_subject",
    "delete_by_query",
    "role",
    "/api/search/v1/index",
]


@pytest.mark.parametrize("name", rubbish.BODIES)
def test_what_is_no_document_is_refused_everywhere(refused, name):
    for address in ADDRESSES:
        for kind in ("application/json", "text/plain", "multipart/form-data", "application/x-www-form-urlencoded"):
            told = refused("POST", address, rubbish.BODIES[name], kind=kind, status=400)
            assert told["code"].startswith("BadRequest.")
    refused("PATCH", "entry", rubbish.BODIES[name])
    refused("PUT", "entry", rubbish.BODIES[name])
    refused("PATCH", "", rubbish.BODIES[name])


@pytest.mark.parametrize("key", rubbish.DOCUMENT)
def test_a_wrong_part_of_a_query_is_named(refused, key):
    for value in rubbish.DOCUMENT[key]:
        for version in ({}, {"@version": V1}):
            refused("POST", "search", {"q": "*"} | version | {key: value}, key, status=400)


@pytest.mark.parametrize("key", rubbish.OF_V1)
def test_a_wrong_part_of_the_second_version_is_named(refused, key):
    for value in rubbish.OF_V1[key]:
        refused("POST", "search", {"q": "*", "@version": V1, key: value}, key, status=400)


@pytest.mark.parametrize("key", rubbish.OF_SCROLL)
def test_a_wrong_part_of_a_scroll_is_named(refused, key):
    for value in rubbish.OF_SCROLL[key]:
        place = "cursor" if value in ("rubbish", "A" * 1000, "é", "====") else key
        refused("POST", "scroll", {"q": "*", key: value}, place, status=400)


@pytest.mark.parametrize("key", rubbish.OF_DELETION)
def test_a_deletion_that_is_wrong_deletes_nothing(refused, key):
    for value in rubbish.OF_DELETION[key]:
        refused("POST", "delete_by_query", {"q": "*", key: value}, key, status=400)
    refused("POST", "delete_by_query", {}, "q", status=400)
    refused("POST", "delete_by_query", {"filters": []}, "q", status=400)


@pytest.mark.parametrize("name", rubbish.COSTLY)
def test_a_query_that_would_cost_too_much_is_refused(refused, name):
    for address in ("search", "scroll", "delete_by_query"):
        refused("POST", address, rubbish.COSTLY[name], "filters", status=400)


@pytest.mark.parametrize(("link", "place"), rubbish.LINKS, ids=[link[:40] for link, _ in rubbish.LINKS])
def test_a_wrong_part_of_a_link_is_named(refused, link, place):
    refused("GET", f"search?{link}", place=place, status=400)


@pytest.mark.parametrize(("document", "place"), rubbish.INGESTS)
def test_a_wrong_part_of_an_ingest_is_named_and_none_of_it_is_taken(refused, document, place):
    told = refused("POST", "ingest", document, place, status=400)

    assert told["code"] == "BadRequest.ValidationError"
    assert told["error_data"]["messages"]["json"]


@pytest.mark.parametrize(("document", "place"), rubbish.ENTRIES)
def test_a_wrong_part_of_an_entry_is_named(refused, document, place):
    for method in ("POST", "PUT"):
        refused(method, "entry", document, place, status=400)


@pytest.mark.parametrize(("document", "place"), [one for one in rubbish.ENTRIES if one[1]])
def test_a_wrong_part_of_a_change_is_named(refused, document, place):
    refused("PATCH", "entry", document, place, status=400)


@pytest.mark.parametrize(
    ("address", "table"),
    [
        ("batch_delete_by_subject", rubbish.SUBJECTS),
        ("role", rubbish.ROLES),
        ("/api/search/v1/index", rubbish.INDEXES),
    ],
)
def test_a_wrong_part_of_a_smaller_document_is_named(refused, address, table):
    for document, place in table:
        refused("POST", address, document, place, status=400)


def test_a_change_of_an_index_that_is_wrong_is_named(refused):
    for document, place in rubbish.INDEXES:
        refused("PATCH", "", document, place if document else "", status=400)


@pytest.mark.parametrize("address", ["subject", "entry"])
def test_a_wrong_name_of_a_record_is_named(refused, address):
    for method in ("GET", "DELETE"):
        for query in ("", "?subject=", "?subject=%00", f"?subject={'x' * 501}", "?subject=a&subjcet=b"):
            refused(method, address + query, place="subj", status=400)
        refused(method, f"{address}?subject=a&entry_id=", place="entry_id", status=400)
        refused(method, f"{address}?subject=a&entry_id={'x' * 101}", place="entry_id", status=400)
    for name in ("%01", "%ED%A0%80", "../../etc/passwd", "%F0%9F%92%A9", "' OR 1=1 --"):
        refused("GET", f"{address}?subject={name}", status=404)


@pytest.mark.parametrize(
    "query", ["size=0", "size=x", "size=101", "size=" + "9" * 5000, "q=%00", "q=" + "x" * 5000, "x=1"]
)
def test_a_wrong_part_of_a_suggestion_is_named(refused, query):
    refused("GET", f"suggest?{query}", place=query.partition("=")[0], status=400)


@pytest.mark.parametrize(
    "name", ["none", "%00", "%ED%A0%80", "..", "-1", "0" * 36, "{}", "x" * 100_000, "a%2Fb", "%0A"]
)
def test_what_is_no_index_task_or_role_is_not_found(refused, name):
    refused("GET", f"/api/search/v1/index/{name}/search", status=404)
    refused("GET", f"/api/search/v1/task/{name}", status=404)
    refused("GET", f"/api/search/v1/task_list/{name}", status=404)
    refused("DELETE", f"role/{name}", status=404)
    refused("GET", f"/api/search/beta/index/{name}/mapping/a", status=404)
    refused("GET", f"/api/search/{name}", status=404)


METHODS = {
    "search": "GET POST", "scroll": "POST", "suggest": "GET", "ingest": "POST", "subject": "GET DELETE",
    "entry": "GET POST PUT PATCH DELETE", "batch_delete_by_subject": "POST", "delete_by_query": "POST",
    "reopen": "POST", "role": "POST", "role_list": "GET", "role/x": "DELETE", "": "GET PATCH DELETE",
}  # fmt: skip


@pytest.mark.parametrize("address", METHODS)
def test_a_method_that_an_address_does_not_have_is_refused(refused, address):
    for method in {"GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "RUBBISH"} - set(METHODS[address].split()):
        told = refused(method, address, b"{}", status=405)
        assert told["code"] == "MethodNotAllowed.Generic"


EVIL = [
    "(" * 4000, "a AND", "NOT", "*", "**", "?" * 3000, "*a*b*c*d*e*", "a~99", "a~", '"a b"~99999', "a^1e9", "a:b:c",
    "\\", "a\\", ":", "a:", ":a", "a:(b OR", "{1 TO 2]", "a:[* TO *]", "a:>=<", "/(a*)*b/", "a OR " * 800 + "b",
    "+-+-+", "&& ||",
    "-" * 4000, '"' * 4001, "a" * 4096, "\x00\x01", "\ud800", "é*", "a:*" * 500, "(a OR b) " * 200, "NOT " * 900 + "a",
    "a:[" + "9" * 4000 + " TO 1]", "title:~2", "~", "^", "_exists_:", "*:*", "a.b.c.d:" + "x" * 3000,
]  # fmt: skip


@pytest.mark.parametrize("text", EVIL, ids=[ascii(text[:12]) for text in EVIL])
def test_an_evil_text_is_answered_or_refused_and_never_fails(api, v1, text):
    client = api()
    for is_advanced in (True, False):
        began = time.monotonic()
        body = rubbish.encoded({"q": text, "advanced": is_advanced, "highlight": True, "suggest": True})
        answer = client.generic("POST", v1("search"), body, content_type="application/json")

        assert answer.status_code in ((200, 400) if is_advanced else (200,)), answer.content
        assert time.monotonic() - began < SOON_S


def test_a_body_that_is_too_large_is_refused(refused, settings):
    settings.INGEST_MAX_BYTES = 1000

    for address in ADDRESSES:
        refused("POST", address, b'{"q": "' + b"x" * 1000 + b'"}', status=413)


def test_a_large_document_full_of_faults_is_refused_shortly(refused):
    gmeta = [{"subject": 1, "visible_to": 2, "content": 3}] * 20_000

    told = refused("POST", "ingest", {"ingest_type": "GMetaList", "ingest_data": {"gmeta": gmeta}}, status=400)

    assert "more" in told["message"]
