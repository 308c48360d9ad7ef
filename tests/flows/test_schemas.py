"""Input schemas are judged by what is in them, and by nothing that they name elsewhere."""

import urllib.request

import pytest

from apps.flows.errors import InvalidInput
from apps.flows.services.schemas import require_value


@pytest.fixture
def fetched(monkeypatch):
    """The addresses that were asked."""
    asked = []
    monkeypatch.setattr(urllib.request, "urlopen", lambda request, *how: asked.append(request.full_url))
    return asked


def test_a_schema_that_refers_elsewhere_refuses_and_nothing_is_fetched(fetched):
    with pytest.raises(InvalidInput, match="cannot be read"):
        require_value({"properties": {"a": {"$ref": "http://127.0.0.1:9/secret"}}}, {"a": 1})

    assert fetched == []


def test_a_schema_may_refer_to_the_drafts_themselves(fetched):
    draft = "https://json-schema.org/draft/2020-12/schema"
    schema = {"$schema": draft, "$ref": draft}

    require_value(schema, {"type": "string"})
    with pytest.raises(InvalidInput):
        require_value(schema, {"type": "strong"})

    assert fetched == []
