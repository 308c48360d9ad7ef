"""One record among the results: its title, what matched, a line of facts, who sees it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString

from apps.search.types import Highlight, Presentation, Record
from apps.web import content, links, markup
from apps.web.record import pictures
from apps.web.record.facts import key_facts
from apps.web.record.readable import Fact
from apps.web.results.chips import name_of
from apps.web.who import Who, who

MAX_SNIPPETS = 3


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class Snippet:
    label: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Thumbnail:
    source: str
    alt: str


@dataclass(frozen=True, slots=True)
class HitCard:
    subject: str
    url: str
    title: tuple[Piece, ...]
    snippets: tuple[Snippet, ...]
    facts: tuple[Fact, ...]
    who: tuple[Who, ...]
    thumbnail: Thumbnail | None = None

    @property
    def html(self) -> SafeString:
        return markup.hit(self)


def build(
    record: Record, *, slug: str, presentation: Presentation, names: Mapping[str, str], carried: str = ""
) -> HitCard:
    """``carried`` is what the address of the record has of the search."""
    title = content.text(record, presentation.title) or record.subject
    seen = (who(entry.visible_to, names) for entry in record.entries)
    return HitCard(
        subject=record.subject,
        url=links.record_url(slug, record.subject) + (f"?{carried}" if carried else ""),
        title=_title(title, record.highlights, presentation.title),
        snippets=tuple(_snippets(record.highlights, title, presentation)),
        facts=key_facts(record, presentation),
        who=tuple(dict.fromkeys(one for one in seen if one is not None)),
        thumbnail=_thumbnail(record, presentation.thumbnail, title),
    )


def pieces(highlight: Highlight) -> tuple[Piece, ...]:
    """The text in order, cut where marks begin and end."""
    parts: list[Piece] = []
    at = 0
    for begin, end in sorted(highlight.marks):
        if begin < at:
            continue
        parts += [Piece(highlight.text[at:begin]), Piece(highlight.text[begin:end], is_marked=True)]
        at = end
    return tuple(piece for piece in (*parts, Piece(highlight.text[at:])) if piece.text)


def _thumbnail(record: Record, path: str, title: str) -> Thumbnail | None:
    picture = pictures.thumbnail(record, path)
    return Thumbnail(picture.source, f"Picture of {title}") if picture else None


def _title(title: str, highlights: Iterable[Highlight], path: str) -> tuple[Piece, ...]:
    whole = next((one for one in highlights if one.path == path and one.text == title), None)
    return pieces(whole) if whole else (Piece(title),)


def _snippets(highlights: Iterable[Highlight], title: str, presentation: Presentation) -> list[Snippet]:
    shown = [one for one in highlights if not (one.path == presentation.title and one.text == title)]
    known = presentation.known if shown else {}
    return [Snippet(name_of(one.path, known.get(one.path)), pieces(one)) for one in shown[:MAX_SNIPPETS]]
