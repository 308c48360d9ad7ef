"""The accent of an index colours its pages, and they stay readable in light and in dark."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from apps.search import services as search
from apps.web import accents
from tests.web.conftest import entry

ODD = ["#000000", "#ffffff", "#ffff00", "#0000ff", "#ff0000", "#00ff00", "#808080", "#0a7a5a", "#b5179e", "#ff8c00"]
GRID = [f"#{r:02x}{g:02x}{b:02x}" for r in range(0, 256, 85) for g in range(0, 256, 85) for b in range(0, 256, 85)]


def written(theme, accent):
    """The shades as a browser has them, without what rounding took."""
    shades = theme.shades(accents.colour(accent))
    return {name: tuple(map(round, shade)) for name, shade in shades.items()}


@pytest.mark.parametrize("theme", [accents.LIGHT, accents.DARK])
@pytest.mark.parametrize("accent", [*ODD, *GRID])
def test_every_shade_of_every_colour_can_be_read(theme, accent):
    shade = written(theme, accent)
    grounds = (*theme.surfaces, shade["wash"])

    for name in ("accent", "accent-strong"):
        assert min(accents.contrast(shade[name], ground) for ground in grounds) >= 4.5
        assert accents.contrast(shade["on-accent"], shade[name]) >= 4.5
    assert accents.contrast(theme.ink, shade["wash"]) >= 4.5
    assert min(accents.contrast(shade["bar"], ground) for ground in theme.surfaces) >= 3


def test_surfaces_are_those_of_the_pages():
    css = (Path(settings.BASE_DIR) / "static/css/tokens.css").read_text()

    def pair(name):
        light, dark = re.search(rf"--{name}: light-dark\(([^,]+), ([^)]+)\)", css).groups()
        return accents.colour(light.replace("#fff", "#ffffff") if len(light) == 4 else light), accents.colour(dark)

    told = [pair(name) for name in ("ground", "surface", "sunken")]
    assert tuple(zip(*told, strict=True)) == (accents.LIGHT.surfaces, accents.DARK.surfaces)
    assert pair("ink-3") == (accents.LIGHT.ink, accents.DARK.ink)


def test_a_colour_that_is_readable_already_is_used_as_it_is():
    assert written(accents.LIGHT, "#7a1f5c")["accent"] == accents.colour("#7a1f5c")


@pytest.mark.django_db
def test_the_pages_of_an_index_carry_its_accent_and_other_pages_do_not(client, index, put, alice):
    index.presentation = {**index.presentation, "accent": "#B5179E"}
    index.save()
    put(index, alice, entry("a", protein="PDL1"))
    link = '<link rel="stylesheet" href="/accent/b5179e.css">'

    pages = ["/crystals/", "/crystals/?facet=protein", "/crystals/detail/a/", "/"]
    carried = [link in client.get(page).content.decode() for page in pages]

    assert carried == [True, True, True, False]
    assert client.get("/accent/b5179e.css")["Content-Type"] == "text/css; charset=utf-8"


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["catalogue", "presentation", "presentation/form", "tasks", "roles", "settings"])
def test_the_pages_that_manage_an_index_carry_its_accent(client, index, alice, page):
    client.force_login(alice)

    def link():
        return re.search(r"/accent/\w+\.css", client.get(f"/crystals/manage/{page}/").content.decode())

    assert link() is None
    search.present(index=index, actor=alice, document={**index.presentation, "accent": "#B5179E"})
    assert link()[0] == "/accent/b5179e.css"


@pytest.mark.parametrize("name", ["red", "b5179", "B5179E", "b5179e0", "b5179e;"])
@pytest.mark.django_db
def test_an_address_that_is_no_colour_is_not_there(client, name):
    assert client.get(f"/accent/{name}.css").status_code == 404
