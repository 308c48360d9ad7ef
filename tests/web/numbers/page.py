"""The numbers of a search page, read off its HTML."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit
from xml.etree.ElementTree import Element, TreeBuilder

VOID = frozenset({"area", "br", "hr", "img", "input", "link", "meta"})


class Line(NamedTuple):
    """One value of a facet; ``state`` is "", ticked or excluded."""

    value: str
    count: int
    state: str = ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self._tree = TreeBuilder()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._tree.start(tag, {name: value or "" for name, value in attrs})
        if tag in VOID:
            self._tree.end(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._tree.start(tag, {name: value or "" for name, value in attrs})
        self._tree.end(tag)

    def handle_endtag(self, tag: str) -> None:
        self._tree.end(tag)

    def handle_data(self, data: str) -> None:
        self._tree.data(data)

    def root(self) -> Element:
        return self._tree.close()


def tree(html: str) -> Element:
    reader = _Reader()
    reader.feed(html)
    return reader.root()


def read(html: str) -> dict[str, Any]:
    page = tree(html)
    heading = page.find(".//h2[@id='count']")
    assert heading is not None
    return {
        "total": number(heading.text or ""),
        "of": number(text(heading.find("span"))),
        "chips": len(classed(page, "li", "chip")),
        "facets": {(one.findtext(".//h3") or "").strip(): _facet(one) for one in classed(page, "details", "facet")},
        "charts": {text(one.find(".//h3")): _chart(one) for one in classed(page, "figure", "chart")},
        "hits": _hits(page),
        "pager": [number(part) for part in re.findall(r"[\d,]+", text(page.find(".//nav/span")))],
        "without": {
            (frozenset(query(row.find(".//a"))), number(text(row.find("td"))))
            for table in classed(page, "table", "culprits")
            for row in table.iter("tr")
            if row.find("td") is not None
        },
        "files": {text(link): link.get("href", "") for link in page.iter("a") if "download" in link.attrib},
    }


def lines(of: Element) -> list[Line]:
    """The values of a list of a facet, each with its count said twice alike."""
    found = []
    for item in classed(of, "li", "facet-value"):
        box, data, label = item.find(".//input"), item.find(".//data"), text(item.find(".//s"))
        assert data is not None
        assert number(text(data)) == int(data.get("value", ""))
        value = box.get("value", "") if box is not None else label.replace("(empty)", "")
        state = "excluded" if box is None else "ticked" * ("checked" in box.attrib)
        is_missing = "missing" in item.get("class", "").split()
        found.append(Line("missing" if is_missing else value, number(text(data)), state))
    return found


def _facet(facet: Element) -> dict[str, Any]:
    bars = [bar for plot in classed(facet, "div", "range") for bar in plot.iter("rect")]
    ends = [text(end).split(" ")[0] for axis in classed(facet, "div", "axis-ends") for end in axis.iter("span")]
    return {
        "badge": text(facet.find("summary/span")),
        "bars": {int(float(bar.get("x", "")) / 10): _after(text(bar.find("title"))) for bar in bars},
        "ends": tuple(ends),
        "is_log": "The scale is logarithmic." in text(facet),
        "lines": lines(facet),
    }


def _chart(figure: Element) -> dict[str, Any]:
    head = [text(cell) for cell in figure.findall(".//thead//th")]
    rows = [
        (text(row.find("th")), [_cell(cell) for cell in row.findall("td")]) for row in figure.findall(".//tbody/tr")
    ]
    drawn = [_after(text(mark)) for plot in classed(figure, "svg", "plot") for mark in plot.iter("title")]
    notes = [text(note) for note in figure.findall("p")]
    return {
        "fact": text(figure.find("figcaption/span")),
        "head": head[1:],
        "rows": rows,
        "drawn": sorted(drawn),
        "notes": sorted(note for note in notes if "logarithmic" not in note),
        "is_log": any("logarithmic" in note for note in notes),
    }


def _cell(cell: Element) -> int:
    link = cell.find("a")
    return number((cell if link is None else link).text or "")


def _hits(page: Element) -> list[str]:
    return [text(id_) for hits in classed(page, "ol", "hits") for id_ in classed(hits, "span", "id")]


def classed(of: Element, tag: str, name: str) -> list[Element]:
    return [one for one in of.iter(tag) if name in one.get("class", "").split()]


def text(element: Element | None) -> str:
    return "" if element is None else " ".join("".join(element.itertext()).split())


def number(said: str) -> int:
    """The first number of a text; -1 where there is none."""
    found = re.search(r"[\d,]*\d", said)
    return int(found.group().replace(",", "")) if found else -1


def query(link: Element | None) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit("" if link is None else link.get("href", "")).query, keep_blank_values=True)


def _after(title: str) -> int:
    return number(title.rpartition(": ")[2])
