"""A first page is small: with all that it links to, compressed as it is sent."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from tests.web.conftest import entry

KILOBYTE = 1000


def linked(html):
    """The files that the page loads, by how they end."""
    names = re.findall(r'<(?:link rel="(?:stylesheet|icon)" href|script src|img src)="/static/([^"?]+)', html)
    return {name: len(gzip.compress(Path(finders.find(name)).read_bytes())) for name in names}


@pytest.mark.django_db
def test_a_search_page_with_fifty_records_is_under_100_kilobytes_and_its_scripts_under_30(client, index, alice, put):
    words = ("soaked", "crystals", "helium", "chip", "humidity", "ligand", "batch")
    notes = (" ".join(words[(n * k) % 7] for k in range(1, 40)) for n in range(60))
    put(
        index,
        alice,
        *(entry(f"r{n}", protein=f"P{n}", rate=n, made="2021-01-01", note=note) for n, note in enumerate(notes)),
    )
    answer = client.get("/crystals/?limit=50&q=run", headers={"accept-encoding": "gzip"})

    files = linked(gzip.decompress(answer.content).decode())
    assert answer["Content-Encoding"] == "gzip"
    assert {name.rpartition(".")[2] for name in files} >= {"css", "js"}
    assert len(answer.content) + sum(files.values()) < 100 * KILOBYTE
    assert sum(size for name, size in files.items() if name.endswith(".js")) < 30 * KILOBYTE
