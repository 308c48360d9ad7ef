"""Shapes as SVG. Written here and not by a template, which takes ten times as long: a page draws hundreds of shapes."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString, mark_safe

from apps.web.charts.shapes import Drawing, Line, Mark, Text


def written(drawing: Drawing) -> SafeString:
    """For the eye alone: its table is for everybody."""
    parts = [
        f'<svg class="plot" viewBox="0 0 {drawing.width} {drawing.height}" aria-hidden="true">',
        *map(_line, drawing.lines),
        *map(_text, drawing.texts),
        *map(_mark, drawing.marks),
        *map(_line, drawing.rules),
        "</svg>",
    ]
    return mark_safe("".join(parts))  # noqa: S308 - all that is no number is escaped


def bars(marks: Iterable[Mark]) -> SafeString:
    """Bars alone, for a frame of their own."""
    return mark_safe("".join(map(_mark, marks)))  # noqa: S308 - as above


def _line(line: Line) -> str:
    return f'<line class="{line.kind}" x1="{line.x1}" x2="{line.x2}" y1="{line.y1}" y2="{line.y2}"/>'


def _text(text: Text) -> str:
    place = f'class="{text.kind}" x="{text.x}" y="{text.y}" text-anchor="{text.anchor}"'
    return f"<text {place}>{escape(text.text)}</text>"


def _mark(mark: Mark) -> str:
    place = f'class="{mark.kind}" x="{mark.x}" y="{mark.y}" width="{mark.width}" height="{mark.height}"'
    bar = f"<rect {place}><title>{escape(mark.title)}</title></rect>"
    inside = "".join(map(_text, mark.texts)) + bar
    return f'<a href="{escape(mark.url)}" tabindex="-1">{inside}</a>' if mark.url else inside
