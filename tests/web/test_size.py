"""A first page is small: with all that it links to, compressed and named as the portal serves it."""

import gzip
import re

import pytest
from django.core.management import call_command

from tests.web.conftest import entry

KILOBYTE = 1000


@pytest.fixture
def served(settings, tmp_path):
    """The static files as in production: collected, compressed, with their contents in their names."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)


def sizes(client, html):
    """Bytes over the wire, headers included, of every file that the page names, its icons too."""
    found = {}
    for url in set(re.findall(r'"(/static/[^"#]+)', html)):
        answer = client.get(url, headers={"accept-encoding": "gzip"})
        assert "immutable" in answer["Cache-Control"]
        found[url] = len(answer.serialize_headers()) + len(b"".join(answer.streaming_content))
    return found


@pytest.mark.django_db
def test_a_search_page_with_fifty_records_is_under_100_kilobytes_and_its_scripts_under_30(
    served, client, index, alice, put
):
    words = ("soaked", "crystals", "helium", "chip", "humidity", "ligand", "batch")
    notes = (" ".join(words[(n * k) % 7] for k in range(1, 40)) for n in range(60))
    put(
        index,
        alice,
        *(entry(f"r{n}", protein=f"P{n}", rate=n, made="2021-01-01", note=note) for n, note in enumerate(notes)),
    )
    answer = client.get("/crystals/?limit=50&q=run", headers={"accept-encoding": "gzip"})

    files = sizes(client, gzip.decompress(answer.content).decode())
    scripts = [size for url, size in files.items() if url.endswith(".js")]
    assert answer["Content-Encoding"] == "gzip"
    assert {url.rpartition(".")[2] for url in files} == {"css", "js", "svg"}
    assert len(answer.serialize_headers()) + len(answer.content) + sum(files.values()) < 100 * KILOBYTE
    assert len(scripts) == 4
    assert sum(scripts) < 30 * KILOBYTE
