"""Which format is answered, and to whom."""

import pytest

from apps.access.types import group_urn
from apps.web.record.formats import FORMATS
from tests.web.conftest import entry

PAGE = "/crystals/detail/full/"


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_is_asked_for_by_name_or_by_what_is_accepted(fetch, client, name):
    named = fetch("full", name)
    accepted = client.get(PAGE, headers={"accept": FORMATS[name].accepted})

    assert accepted["Content-Type"] == named["Content-Type"]
    assert accepted.content == named.content
    assert "Accept" in accepted["Vary"]


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("application/zip", "application/zip"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8", "text/html"),
        ("application/pdf", "text/html"),
        ("application/vnd.datacite.datacite+xml;q=0.5, application/x-bibtex", "application/x-bibtex"),
        ("application/linkset+json", "application/linkset+json"),
    ],
)
def test_what_a_visitor_likes_best_is_answered(fetch, client, accept, kind):
    fetch("full", "html")

    assert client.get(PAGE, headers={"accept": accept})["Content-Type"].split(";")[0] == kind


def test_the_page_offers_every_format_also_where_it_cannot_be_cited(fetch, client):
    html = fetch("bare", "html").content.decode()

    assert all(f'href="?format={name}"' in html for name in FORMATS)
    assert 'id="cite-text"' not in html


@pytest.mark.parametrize("name", [*FORMATS, "linkset"])
def test_a_restricted_section_is_in_no_format_but_for_its_readers(client, index, put, alice, bob, charlie, team, name):
    hidden = {"descriptions": [{"description": "zyzzogeton", "descriptionType": "Abstract"}], "creator": "zyzzogeton"}
    files = [{"url": "https://data.example.org/zyzzogeton"}]
    put(index, alice, entry("r"), entry("r", group_urn(team.id), "notes", files=files, **hidden))
    told = {}

    for who in (None, charlie, bob):
        client.logout()
        if who:
            client.force_login(who)
        answer = client.get("/crystals/detail/r/", {"format": name})
        told[who] = answer.content + str(answer.headers).encode()

    assert b"zyzzogeton" not in told[None] + told[charlie]
    assert b"zyzzogeton" in told[bob] or name == "ro-crate"  # which is compressed


@pytest.mark.parametrize("name", [*FORMATS, "linkset"])
def test_of_a_record_that_is_hidden_no_format_is_told(client, index, put, alice, charlie, team, name):
    put(index, alice, entry("r", group_urn(team.id)))

    hidden, none = (client.get(f"/crystals/detail/{one}/", {"format": name}) for one in ("r", "q"))
    client.force_login(charlie)

    assert (hidden.status_code, none.status_code) == (404, 404)
    assert hidden.headers == none.headers
    assert client.get("/crystals/detail/r/", {"format": name}).status_code == 404
