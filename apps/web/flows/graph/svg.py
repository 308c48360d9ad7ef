"""A picture of a flow as SVG: every state a link. What is told by colour is told by a sign and a word, too."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from html import escape
from itertools import pairwise

from django.utils.safestring import SafeString, mark_safe

from apps.flows.language.graph import EdgeKind
from apps.web.charts.drawing import cut
from apps.web.flows.graph.network import Point
from apps.web.flows.graph.picture import Label, Node, Picture, Way
from apps.web.flows.signs import Sign

_HEAD = (
    '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="9" markerHeight="9" '
    'markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0 8 4 0 8z"/></marker></defs>'
)

NARROW = 1.2
"""How much more of small letters there is room for than of letters of charts."""


def written(
    picture: Picture,
    *,
    url: Callable[[str], str],
    title: str,
    signs: Mapping[str, Sign] | None = None,
    taken: Collection[tuple[str, str]] = (),
    current: str = "",
) -> SafeString:
    """``signs`` tell how each state is, ``taken`` which ways were gone; without signs it is the plan alone."""
    size = f"{picture.width:.0f}", f"{picture.height:.0f}"
    parts = [
        f'<svg class="graph{" live" if signs is not None else ""}" width="{size[0]}" height="{size[1]}" '
        f'viewBox="0 0 {size[0]} {size[1]}" role="group" aria-label="{escape(title)}">',
        _HEAD,
        *(_node(node, url, signs, is_current=node.state == current) for node in picture.nodes),
        *(_way(way, is_taken=(way.source, way.target) in taken) for way in picture.ways),
        *map(_label, picture.labels),
        "</svg>",
    ]
    return mark_safe("".join(parts))  # noqa: S308 - all that is no number is escaped


def _node(node: Node, url: Callable[[str], str], signs: Mapping[str, Sign] | None, *, is_current: bool) -> str:
    sign = None if signs is None else signs.get(node.state, Sign.NOT_REACHED)
    kind = " ".join(filter(None, ["node", "frame" if node.is_frame else "", sign.kind if sign else ""]))
    words = f"{node.state}: {node.kind}" + (f", {sign.word}" if sign else "")
    below = cut(f"{sign.word} · {node.kind}", (node.width - 38) * NARROW) if sign else node.kind
    x, left, middle = node.x, node.x + (30 if sign else 14), node.y + (23 if node.is_frame else node.height / 2)
    return (
        f'<a href="{escape(url(node.state))}"{" aria-current=true" if is_current else ""}>'
        f'<g class="{kind}"><title>{escape(words)}</title>'
        f'<rect x="{x:.1f}" y="{node.y:.1f}" width="{node.width:.1f}" height="{node.height:.1f}" rx="3"/>'
        + (
            f'<text class="sign" aria-hidden="true" x="{x + 10:.1f}" y="{middle + 5:.1f}">{sign.sign}</text>'
            if sign
            else ""
        )
        + f'<text class="name" x="{left:.1f}" y="{middle - 3:.1f}">{escape(node.name)}</text>'
        f'<text class="kind" x="{left:.1f}" y="{middle + 13:.1f}">{escape(below)}</text></g></a>'
    )


def _way(way: Way, *, is_taken: bool) -> str:
    kind = " ".join(["edge", *["taken"] * is_taken, *["catch"] * (way.kind is EdgeKind.CATCH)])
    end = ' marker-end="url(#arrow)"' if way.has_arrow else ""
    return f'<path class="{kind}" d="{_line(way.points)}"{end}/>'


def _line(points: tuple[Point, ...]) -> str:
    """Upright parts are straight; between them it bends without a corner."""
    written = [f"M{points[0][0]:.1f} {points[0][1]:.1f}"]
    for (x, y), (to_x, to_y) in pairwise(points):
        middle = (y + to_y) / 2
        if abs(x - to_x) < 0.5:
            written.append(f"L{to_x:.1f} {to_y:.1f}")
        else:
            written.append(f"C{x:.1f} {middle:.1f} {to_x:.1f} {middle:.1f} {to_x:.1f} {to_y:.1f}")
    return "".join(written)


def _label(label: Label) -> str:
    place = f'x="{label.x:.1f}" y="{label.y + 4:.1f}" text-anchor="middle"'
    return f'<text class="edge-label" {place}><title>{escape(label.whole)}</title>{escape(label.text)}</text>'
