"""The parts of which a page has hundreds, as HTML: a template takes ten times as long for them.

Whatever is no number is escaped here. All else of a page is in its templates.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString, mark_safe

from apps.web.icons import icon

if TYPE_CHECKING:
    from apps.web.charts.figure import Row
    from apps.web.charts.shapes import Bar
    from apps.web.facets.facet import Option
    from apps.web.record.readable import Fact
    from apps.web.results.hits import HitCard, Piece, Snippet, Thumbnail
    from apps.web.results.table import Cell as HitCell
    from apps.web.results.table import Row as HitRow
    from apps.web.who import Who


def options(several: Iterable[Option]) -> SafeString:
    """The values of a facet: of each its box, its count, a link that leaves it out, and the line of its share."""
    return mark_safe("".join(map(_option, several)))  # noqa: S308 - escaped


def _option(one: Option) -> str:
    label = escape(one.label)
    number = f'<data value="{one.count}">{one.count_text}</data>'
    if one.is_excluded:
        box = f'<span class="unticked"><s>{label}</s> {number}</span>'
    else:
        names = f'id="{escape(one.anchor)}" name="{escape(one.name)}" value="{escape(one.value)}"'
        ticked = " checked" if one.is_chosen else ""
        box = f'<label><input type="checkbox" {names} data-apply{ticked}> <span>{label}</span> {number}</label>'
    return (
        f'<li class="{one.kinds}">{box}{_exclude(one)}'
        '<svg class="share" viewBox="0 0 100 2" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect width="{one.share}" height="2"/></svg></li>'
    )


def _exclude(one: Option) -> str:
    if not one.exclude_url:
        return ""
    words, sign = escape(one.exclude_label), "+" if one.is_excluded else "–"
    return (
        f'<a class="exclude" id="{escape(one.anchor)}-not" href="{escape(one.exclude_url)}" title="{words}">'
        f'<span aria-hidden="true">{sign}</span><span class="visually-hidden">{words}</span></a>'
    )


def hit(one: HitCard, why: str = "") -> SafeString:
    """A record of the results. ``why`` says in words why it is here, if that is not the search."""
    people = f'<span class="row">{"".join(map(who, one.who))}</span>' if one.who else ""
    return mark_safe(  # noqa: S308 - escaped
        f"""<li class="hit">{_picture(one.thumbnail)}<div class="hit-body">
  <div class="row apart"><span class="id">{escape(one.subject)}</span>{people}</div>
  <h3><a href="{escape(one.url)}">{pieces(one.title)}</a></h3>
  {"".join(f'<p class="snippet">{_match(snippet)}</p>' for snippet in one.snippets)}
  {facts(one.facts) if one.facts else ""}
  {why and f'<p class="why">{escape(why)}</p>'}
</div></li>
"""
    )


def who(one: Who) -> SafeString:
    """Who sees an entry, as a sign and in words."""
    kind = escape(one.kind)
    return mark_safe(f'<span class="who" data-who="{kind}">{icon(one.kind)}{escape(one.text)}</span>\n')  # noqa: S308 - escaped


def who_mark(one: Who) -> SafeString:
    """The sign alone, for those who see it."""
    words, kind = escape(one.text), escape(one.kind)
    return mark_safe(f'<span class="who" data-who="{kind}" title="{words}" aria-hidden="true">{icon(one.kind)}</span>')  # noqa: S308 - escaped


def _picture(one: Thumbnail | None) -> str:
    if one is None:
        return ""
    size = 'width="100" height="100" loading="lazy" decoding="async"'
    return f'<img class="thumb" src="{escape(one.source)}" alt="{escape(one.alt)}" {size}>'


def _match(one: Snippet) -> str:
    return f'<span class="dim">{escape(one.label)}:</span> {pieces(one.pieces)}'


def hit_rows(several: Iterable[HitRow], *, has_snippets: bool) -> SafeString:
    """The rows of a table of results. ``has_snippets``: with a last cell that says where the words stand."""
    return mark_safe("".join(_hit_row(one, has_snippets) for one in several))  # noqa: S308 - escaped


def _hit_row(one: HitRow, has_snippets: bool) -> str:
    last = f'<td class="s">{_match(one.snippet) if one.snippet else ""}</td>' if has_snippets else ""
    link = f'<a href="{escape(one.hit.url)}">{pieces(one.hit.title)}</a>'
    head = f'<th scope="row">{_picture(one.hit.thumbnail)}{link}</th>'
    return f"<tr>{head}{''.join(map(_hit_cell, one.cells))}{last}</tr>"


def _hit_cell(one: HitCell) -> str:
    kind = ' class="num"' if one.heading.is_number else ""
    unit = f'<span class="unit fold-only"> {escape(one.heading.unit)}</span>' if one.heading.unit else ""
    inside = escape(one.fact.brief) + unit if one.fact else '<span class="none">none</span>'
    return f'<td{kind} data-label="{escape(one.heading.label)}">{inside}</td>'


def pieces(several: Iterable[Piece]) -> SafeString:
    """A text in which words are marked."""
    written = (f"<mark>{escape(one.text)}</mark>" if one.is_marked else escape(one.text) for one in several)
    return mark_safe("".join(written))  # noqa: S308 - escaped


def facts(several: Iterable[Fact]) -> SafeString:
    """What a result says of its record, in a line."""
    written = (
        f"<div><dt>{escape(one.label)}</dt><dd>{escape(f'{one.brief} {one.unit}'.rstrip())}</dd></div>"
        for one in several
    )
    return mark_safe(f'<dl class="facts-line">{"".join(written)}</dl>')  # noqa: S308 - escaped


def rows(several: Iterable[Row]) -> SafeString:
    """The rows of a chart's table."""
    return mark_safe("".join(map(_row, several)))  # noqa: S308 - escaped


def _row(one: Row) -> str:
    head = _link(one.url, escape(one.label))
    return f'<tr><th scope="row">{head}</th>{"".join(map(_cell, one.cells))}</tr>'


def _cell(one: Bar) -> str:
    label = f'<span class="visually-hidden"> {escape(one.label)}</span>' if one.url else ""
    return f'<td class="num">{_link(one.url, escape(one.count_text) + label)}</td>'


def _link(url: str, inside: str) -> str:
    return f'<a href="{escape(url)}">{inside}</a>' if url else inside
