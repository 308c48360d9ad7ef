"""The description of the API and its routes say the same, and people can read it."""

import re
from html.parser import HTMLParser

import pytest
import schemathesis

from apps.publish.api.schema import description
from apps.publish.api.urls import urlpatterns
from apps.publish.forms.base import Document
from tests.publish.api.conftest import AT

METHODS = ("get", "post", "put", "patch", "delete")
OF_THE_API_ITSELF = {"", "openapi.json", "^"}
OPERATIONS = [
    (path, method, one) for path, methods in description()["paths"].items() for method, one in methods.items()
]


def test_it_is_a_description_in_openapi():
    schemathesis.openapi.from_dict(description()).validate()

    assert description()["openapi"] == "3.1.0"


def test_every_route_is_described_and_nothing_else():
    routes = {
        (f"{AT}/" + re.sub(r"<\w+:(\w+)>", r"{\1}", str(one.pattern)), method)
        for one in urlpatterns
        if str(one.pattern) not in OF_THE_API_ITSELF
        for method in METHODS
        if hasattr(one.callback.cls, method)
    }

    assert {(path, method) for path, method, _ in OPERATIONS} == routes


@pytest.mark.parametrize(("path", "method", "one"), OPERATIONS)
def test_every_route_says_what_it_takes_answers_and_refuses(path, method, one):
    answers = one["responses"]
    done = [told for status, told in answers.items() if status.startswith("2")]
    is_empty = "204" in answers

    assert one["description"]
    assert len(done) == 1
    assert is_empty or done[0]["content"]["application/json"]["schema"]
    assert {"401", "403", "404"} <= set(answers)
    assert "requestBody" not in one or {"415", "422"} <= set(answers)
    assert all("schema" in told["content"]["application/json"] for status, told in answers.items() if status > "3")


def test_no_document_has_members_that_nobody_knows():
    schemas = description()["components"]["schemas"]
    documents = [name for name in schemas if any(kind.__name__ == name for kind in kinds(Document))]

    assert len(documents) > 10
    assert all(schemas[name]["additionalProperties"] is False for name in documents)


def kinds(kind):
    for one in kind.__subclasses__():
        yield one
        yield from kinds(one)


class Links(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.sources = set(), set(), set()
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        self.ids |= {told["id"]} if "id" in told else set()
        self.links |= {told["href"][1:]} if told.get("href", "").startswith("#") else set()
        self.sources |= {told["src"]} if "src" in told else set()


@pytest.mark.django_db
def test_people_read_it_on_a_page_of_our_own(client):
    page = client.get(f"{AT}/")
    found = Links(page.content.decode())

    assert page.headers["Content-Type"].startswith("text/html")
    assert found.links <= found.ids
    assert {one["operationId"] for _, _, one in OPERATIONS} <= found.ids
    assert all(source.startswith("/") for source in found.sources)
    assert client.get(f"{AT}/openapi.json").json()["paths"].keys() == description()["paths"].keys()
