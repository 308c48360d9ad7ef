"""A graph as a template takes it: the drawing, the same as a list, and what the signs mean."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString

from apps.flows.language.definition import Definition
from apps.web.flows.graph.outline import Step, outline_of
from apps.web.flows.graph.picture import picture_of
from apps.web.flows.graph.svg import written
from apps.web.flows.signs import Sign
from apps.web.values import plural

MOST_DRAWN = 200
"""So many states are drawn; more are a list alone, because nobody finds their way in such a drawing."""


@dataclass(frozen=True, slots=True)
class Line:
    """A state in the list. ``sign`` is told of runs."""

    step: Step
    url: str
    sign: Sign | None = None


@dataclass(frozen=True, slots=True)
class GraphView:
    """``svg`` is "" for a flow that is too large to be drawn."""

    svg: SafeString | str
    lines: tuple[Line, ...]
    words: str
    legend: tuple[Sign, ...] = ()


def graph_of(
    definition: Definition,
    *,
    url: Callable[[str], str],
    signs: Mapping[str, Sign] | None = None,
    taken: Collection[tuple[str, str]] = (),
    current: str = "",
) -> GraphView:
    steps = outline_of(definition)
    words = plural(len(steps), "state", "states")
    svg: SafeString | str = ""
    if len(steps) <= MOST_DRAWN:
        title = f"Graph of the flow: {words}"
        svg = written(picture_of(definition), url=url, title=title, signs=signs, taken=taken, current=current)
    lines = tuple(
        Line(step, url(step.state), None if signs is None else signs.get(step.state, Sign.NOT_REACHED))
        for step in steps
    )
    legend = () if signs is None else tuple(sign for sign in Sign if any(line.sign is sign for line in lines))
    return GraphView(svg, lines, words, legend)
