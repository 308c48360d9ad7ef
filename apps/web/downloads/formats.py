"""What a search can be downloaded as."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from apps.common import quick_json
from apps.search.forms import gmeta
from apps.search.forms.url_state import UrlState
from apps.search.types import Record, Shown
from apps.web import content, links
from apps.web.context import Link
from apps.web.downloads import table
from apps.web.record import bibliography, bibtex
from apps.web.results import columns

NAME = "as"


@dataclass(frozen=True, slots=True)
class Layout:
    """What of a record is written, for formats that do not write all of it."""

    slug: str
    title: str
    columns: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Format:
    label: str
    ending: str
    content_type: str
    write: Callable[[Iterable[Record], Layout], Iterator[str]]


def menu(state: UrlState, slug: str) -> tuple[Link, ...]:
    """A link for each format. Files have no page, and no view."""
    asked = state.at_page(1).with_own(columns.VIEW, "")
    queries = {name: asked.with_own(NAME, name).query_string() for name in FORMATS}
    return tuple(Link(one.label, links.download_url(slug, queries[name])) for name, one in FORMATS.items())


def _csv(records: Iterable[Record], layout: Layout) -> Iterator[str]:
    yield table.header(layout.columns)
    for record in records:
        yield table.line(record, layout.title, layout.columns)


def _json(records: Iterable[Record], _layout: Layout) -> Iterator[str]:
    yield "["
    for at, record in enumerate(records):
        yield (",\n" if at else "\n") + _written(record)
    yield "\n]\n"


def _ndjson(records: Iterable[Record], _layout: Layout) -> Iterator[str]:
    for record in records:
        yield _written(record) + "\n"


def _bibtex(records: Iterable[Record], layout: Layout) -> Iterator[str]:
    for record in records:
        title = content.text(record, layout.title) or record.subject
        url = links.absolute(links.record_url(layout.slug, record.subject))
        yield bibtex.entry(bibliography.read(record, title=title, url=url)) + "\n\n"


def _written(record: Record) -> str:
    return quick_json.dumps(gmeta.record(record)).decode()


FORMATS = {
    "csv": Format("CSV, columns shown", "csv", "text/csv; charset=utf-8; header=present", _csv),
    "json": Format("JSON", "json", "application/json", _json),
    "ndjson": Format("NDJSON, one record a line", "ndjson", "application/x-ndjson", _ndjson),
    "bibtex": Format("BibTeX", "bib", "application/x-bibtex; charset=utf-8", _bibtex),
}
"""By the word in the address."""
