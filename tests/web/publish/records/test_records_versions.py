"""Each version stands at an address of its own, and shows there what its reader may see."""

import uuid

from apps.publish import services as publish
from tests.web.publish.records.conftest import page_of, record_of


def test_each_sees_of_a_version_what_they_may(version, get, alice, bob, charlie):
    told = [get(page_of(version), user).text for user in (alice, bob, charlie, None)]

    assert ["soaked too long" in text for text in told] == [True, True, False, False]
    assert all("Lysozyme on a chip" in text and "image_2.txt" in text for text in told)


def test_the_address_of_a_record_leads_into_its_index(version, get):
    answer = get(f"/records/{version.submission_id}/?format=ris")

    assert answer["Location"] == f"{record_of(version)}?format=ris"
    assert get(record_of(version)).status_code == 200


def test_who_does_not_see_the_newest_is_led_to_the_newest_that_they_see(version, revised, get, charlie):
    second = revised(version, "authors")

    assert get(f"/records/{version.submission_id}/", charlie)["Location"] == page_of(version)
    assert get(page_of(second), charlie).status_code == 404
    text = get(page_of(version), charlie).text
    assert "newer version" not in text
    assert "Version 2" not in text


def test_an_older_version_tells_of_the_newer_one(version, revised, get, charlie):
    second = revised(version, "public")

    page = get(page_of(version), charlie)
    assert f'There is a newer version of this record: <a href="{page_of(second)}">Version 2</a>' in page.text
    assert "newer version" not in get(record_of(second), charlie).text
    assert [one.name for one in page.context["publication"].editions] == ["Version 2", "Version 1"]


def test_what_nobody_published_is_not_there(version, get, charlie):
    for url in (f"/records/{uuid.uuid4()}/", f"/records/{version.submission_id}/v9/"):
        assert get(url, charlie).status_code == 404


def test_a_version_has_the_formats_and_the_links_of_a_record(version, get, settings):
    answer = get(page_of(version))
    cited = f'<{settings.PUBLIC_URL}{page_of(version)}>; rel="cite-as"'

    assert cited in answer["Link"]
    assert cited in get(record_of(version))["Link"]
    for name in ("bibtex", "csl", "datacite-xml", "dcat", "jsonld", "linkset", "ro-crate"):
        assert get(page_of(version), data={"format": name})["Content-Type"] != answer["Content-Type"]
    assert get(page_of(version), data={"format": "json"}).json()["version"] == 1


def test_it_is_cited_by_its_identifier_and_told_where_the_data_tell_nothing(
    make_form, draft_of, published, get, settings
):
    settings.FACILITY = "Glass House"
    version = published(draft_of(make_form(identifier="local")))

    answer = get(page_of(version))

    assert f'<{version.identifier_link}>; rel="cite-as"' in answer["Link"]
    year = version.published_at.year
    assert f"Glass House. ({year}). Lysozyme on a chip (Version 1)" in answer.context["page"].citation.text


def test_of_an_index_that_is_not_to_be_known_nothing_is_told(version, index, get, dana):
    index.visible_to, index.display_name = [], "Clandestine"
    index.save()

    answer = get(page_of(version))

    assert (answer.status_code, index.display_name in answer.text) == (200, False)
    assert 'rel="collection"' not in answer["Link"]
    assert get(f"/records/{version.submission_id}/")["Location"] == page_of(version)


def test_seeing_a_restricted_section_alone_tells_no_name(embargoed, get, bob):
    answer = get(page_of(embargoed), bob)

    assert "soaked too long" in answer.text
    assert "on a chip" not in answer.text
    assert publish.holdings_of(embargoed, actor=bob).others == 3
    assert "3 files" not in answer.text


def test_the_formats_name_the_files(version, get, settings):
    [first, *_] = get(page_of(version), data={"format": "jsonld"}).json()["distribution"]

    assert first["contentUrl"].startswith(f"{settings.PUBLIC_URL}/files/{version.collection_id}/Lysozyme/")
    assert (first["name"], first["encodingFormat"]) == ("image_0.txt", "text/plain")
    assert f'<{first["contentUrl"]}>; rel="item"; type="text/plain"' in get(record_of(version))["Link"]
