"""FAIR Signposting, as the library signposting reads it."""

import pytest
import responses
from signposting.linkheader import find_signposting_http_link
from signposting.linkset import find_signposting_linkset

from apps.access.types import group_urn
from apps.web import links
from apps.web.record.formats import FORMATS
from tests.web.conftest import entry
from tests.web.formats.conftest import LICENSE, ORCID


@pytest.fixture
def page(fetch, settings):
    def page(kind):
        return f"{settings.PUBLIC_URL}/crystals/detail/{kind}/", fetch(kind, "html")

    return page


def test_the_page_leads_to_all_that_belongs_to_the_record(page):
    url, answer = page("full")

    found = find_signposting_http_link([answer["Link"]], url)

    assert str(found.citeAs.target) == "https://doi.org/10.5072/ex.7"
    assert {str(link.target) for link in found.types} == {"https://schema.org/Dataset", "https://schema.org/AboutPage"}
    assert [str(link.target) for link in found.authors] == [ORCID]
    assert str(found.license.target) == LICENSE
    assert {(str(link.target), link.type) for link in found.items} == {
        ("https://data.example.org/a.cbf", "image/x-cbf"),
        ("https://data.example.org/b%20b.txt", "text/plain"),
    }
    assert {link.type for link in found.describedBy} == {one.media_type for one in FORMATS.values()} - {
        "text/x-bibliography"
    }


def test_each_link_to_metadata_is_answered_as_it_says_and_leads_back(page, client, settings):
    url, answer = page("full")

    for link in find_signposting_http_link([answer["Link"]], url).describedBy:
        told = client.get(str(link.target).removeprefix(settings.PUBLIC_URL))
        assert told["Content-Type"].startswith(link.type)
        assert f'<{url}>; rel="describes"' in told["Link"]


@responses.activate
def test_the_linkset_says_the_same_and_of_each_file_which_page_it_is_of(page, client, settings):
    url, answer = page("full")
    [linkset] = find_signposting_http_link([answer["Link"]], url).linksets

    told = client.get(str(linkset.target).removeprefix(settings.PUBLIC_URL))
    responses.get(str(linkset.target), body=told.content, content_type=told["Content-Type"])
    found = find_signposting_linkset(str(linkset.target), linkset.type)

    assert told["Content-Type"] == linkset.type
    of_page = found.for_context(url)
    assert {link.target for link in of_page.items} == {
        link.target for link in find_signposting_http_link([answer["Link"]], url).items
    }
    assert str(found.for_context("https://data.example.org/a.cbf").collection.target) == url


def test_a_record_without_a_doi_is_cited_by_its_address(page):
    url, answer = page("bare")

    assert str(find_signposting_http_link([answer["Link"]], url).citeAs.target) == url


def test_a_header_stays_short_and_the_linkset_has_all(client, index, put, alice):
    files = [{"url": f"https://data.example.org/{at}.cbf"} for at in range(900)]
    put(index, alice, entry("r", files=files))

    assert len(client.get("/crystals/detail/r/")["Link"]) < 4000
    [context, *_] = client.get("/crystals/detail/r/?format=linkset").json()["linkset"]
    assert len(context["item"]) == 900


def test_of_a_record_with_a_long_name_the_header_has_what_matters_most(client, index, put, alice, settings):
    subject = "é" * 400
    put(index, alice, entry(subject))
    url = links.record_url("crystals", subject)

    found = find_signposting_http_link([client.get(url)["Link"]], settings.PUBLIC_URL + url)

    assert str(found.citeAs.target) == settings.PUBLIC_URL + url
    assert len(found.linksets) == 1


@pytest.mark.parametrize("url", ['https://x.org/a>;rel="license"', "https://x.org/a\r\nX: y", "https://x.org/ü, <b>"])
def test_no_address_can_write_into_the_header(client, index, put, alice, url):
    put(index, alice, entry("r", files=[{"url": url}], rightsList=[{"rightsUri": url}]))

    answer = client.get("/crystals/detail/r/")

    assert "x.org" not in answer["Link"] or "https://x.org/%C3%BC," in answer["Link"]


def test_who_sees_all_gets_no_links_for_programs_but_formats_of_all(client, index, put, alice, team):
    put(index, alice, entry("r"), entry("r", group_urn(team.id), "notes", keywords=["zyzzogeton"]))
    client.force_login(alice)
    sees_all = "bypass_visible_to=true"

    page = client.get(f"/crystals/detail/r/?{sees_all}")

    assert "Link" not in page
    assert f'href="?format=ris&amp;{sees_all}"' in page.content.decode()
    assert "zyzzogeton" in client.get(f"/crystals/detail/r/?format=ris&{sees_all}").content.decode()
