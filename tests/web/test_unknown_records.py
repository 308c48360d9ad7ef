"""Records of which the portal knows nothing: the packages of this Python, as their metadata stand."""

from importlib.metadata import distributions

import pytest
from django.utils import timezone

from apps.search import ingest
from apps.search import services as search
from apps.search.types import ChartType, EntryDraft

pytestmark = pytest.mark.django_db


@pytest.fixture
def packages(alice):
    index = search.create_index(actor=alice, display_name="Packages", slug="packages")
    entries = [EntryDraft(one.name, one.metadata.json, ("public",)) for one in distributions() if one.name]
    search.submit_entries(index=index, actor=alice, entries=entries)
    ingest.drain(index.id, clock=timezone.now)
    index.refresh_from_db()
    return index


def test_they_have_a_useful_page_that_nobody_configured(client, packages):
    shown = search.proposal(index=packages, actor=None)

    facets = [facet.path for facet in shown.facets]
    assert {"classifier", "requires_python"} <= set(facets)
    assert not {"version", "summary", "description", "author_email"} & set(facets)
    assert "version" in {column.path for column in shown.columns}
    assert shown.charts[0].type is ChartType.BARS
    found = client.get("/packages/?q=django&sort=name").context["page"]
    assert "Django" in ["".join(piece.text for piece in hit.title) for hit in found.hits]


def test_each_record_is_readable(client, packages):
    page = client.get("/packages/detail/Django/").context["page"]

    assert page.title == "Django"
    assert "Python :: 3" in client.get("/packages/detail/Django/").content.decode()
