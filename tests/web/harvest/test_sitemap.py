"""Sitemaps hold all that everybody may see, however much it is, and nothing else."""

from xml.etree import ElementTree

from apps.web.harvest import sitemap
from tests.web.conftest import entry

NS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def locations(answer):
    return [one.text for one in ElementTree.fromstring(answer.getvalue()).iter(f"{NS}loc")]


def walked(client, settings):
    files = locations(client.get("/sitemap.xml"))
    return files, [url for one in files for url in locations(client.get(one.removeprefix(settings.PUBLIC_URL)))]


def test_all_public_records_stand_in_it(client, shelf, settings):
    files, urls = walked(client, settings)

    assert files == [f"{settings.PUBLIC_URL}/crystals/sitemap-1.xml"]
    at = f"{settings.PUBLIC_URL}/crystals/"
    assert urls == [at, f"{at}detail/a/", f"{at}detail/b%2F%C3%A9%20%3F/", f"{at}detail/c/"]


def test_more_than_a_file_holds_goes_to_the_next(client, index, put, alice, settings, monkeypatch):
    put(index, alice, *(entry(f"s{at:03}") for at in range(25)))
    monkeypatch.setattr(sitemap, "AT_ONCE", 10)

    files, urls = walked(client, settings)

    assert len(files) == 3
    assert len(set(urls)) == len(urls) == 26


def test_a_file_that_is_not_there_is_not_found(client, shelf):
    answers = [client.get(f"/{name}").status_code for name in ("crystals/sitemap-0.xml", "crystals/sitemap-2.xml")]

    assert answers == [404, 404]
    assert client.get("/clandestine/sitemap-1.xml").status_code == 404


def test_search_engines_are_told_where_it_is(client, db, settings):
    assert f"Sitemap: {settings.PUBLIC_URL}/sitemap.xml" in client.get("/robots.txt").content.decode()
