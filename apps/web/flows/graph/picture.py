"""A definition as boxes within boxes, with ways between them, at their places: all that is drawn, in plain values.

A state is a box; one that holds machines (Parallel, Map) is a frame around them. What is written on a way is laid out
as a box of its own, so that it covers nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from apps.flows.language.definition import Definition, Machine, Map, Parallel, State
from apps.flows.language.graph import Edge, EdgeKind, edges_of
from apps.web.charts.drawing import cut, room_of
from apps.web.flows.graph.network import Point, laid_out
from apps.web.flows.words import kind_of

HIGH, HEAD, INSIDE, BESIDE = 48.0, 46.0, 16.0, 24.0
NARROW, WIDE = 168.0, 260.0
SIGN = 30.0
LABEL_HIGH, LABEL_WIDE = 16.0, 190.0
LOOP = 26.0
MARGIN = 6.0
OF_ERRORS = 0.1
"""How little a way on errors pulls: the way through a flow is straight."""


@dataclass(frozen=True, slots=True)
class Node:
    """``name`` and ``kind`` as far as there is room; ``state`` is the whole name."""

    state: str
    x: float
    y: float
    width: float
    height: float
    name: str
    kind: str
    is_frame: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    source: str
    target: str
    kind: EdgeKind
    points: tuple[Point, ...]
    has_arrow: bool = True


@dataclass(frozen=True, slots=True)
class Label:
    x: float
    y: float
    text: str
    whole: str


@dataclass(frozen=True, slots=True)
class Picture:
    width: float
    height: float
    nodes: tuple[Node, ...] = ()
    ways: tuple[Way, ...] = ()
    labels: tuple[Label, ...] = ()

    def moved(self, x: float, y: float) -> Picture:
        return Picture(
            self.width,
            self.height,
            tuple(replace(one, x=one.x + x, y=one.y + y) for one in self.nodes),
            tuple(replace(one, points=tuple((px + x, py + y) for px, py in one.points)) for one in self.ways),
            tuple(replace(one, x=one.x + x, y=one.y + y) for one in self.labels),
        )


def picture_of(definition: Definition) -> Picture:
    drawn = _machine(definition, definition.root)
    return replace(drawn.moved(MARGIN, MARGIN), width=drawn.width + 2 * MARGIN, height=drawn.height + 2 * MARGIN)


def _machine(definition: Definition, machine: Machine) -> Picture:
    names = [machine.start_at, *(name for name in machine.states if name != machine.start_at)]
    boxes = [_box(definition, machine.states[name]) for name in names]
    return _Plan(names, boxes, list(edges_of(machine))).drawn()


def _box(definition: Definition, state: State) -> Picture:
    """A state by itself, at the left upper corner."""
    inner = [_machine(definition, definition.machines[pointer]) for pointer in machines_in(state)]
    kind = kind_of(state)
    wide = min(max(room_of(state.name) * 1.12, room_of(kind)) + SIGN + 14, WIDE)
    if not inner:
        return _framed(state, kind, max(wide, NARROW), HIGH, ())
    width = max(sum(one.width for one in inner) + BESIDE * (len(inner) - 1) + 2 * INSIDE, wide, NARROW)
    height = HEAD + max(one.height for one in inner) + INSIDE
    placed, x = [], (width - sum(one.width for one in inner) - BESIDE * (len(inner) - 1)) / 2
    for one in inner:
        placed.append(one.moved(x, HEAD))
        x += one.width + BESIDE
    return _framed(state, kind, width, height, placed)


def _framed(state: State, kind: str, width: float, height: float, inner: Sequence[Picture]) -> Picture:
    room = width - SIGN - 8
    node = Node(state.name, 0, 0, width, height, cut(state.name, room / 1.12), cut(kind, room), bool(inner))
    return _together(width, height, [Picture(width, height, (node,)), *inner])


def machines_in(state: State) -> tuple[str, ...]:
    match state:
        case Parallel():
            return state.branches
        case Map():
            return (state.processor,)
    return ()


def _together(width: float, height: float, parts: Sequence[Picture]) -> Picture:
    return Picture(
        width,
        height,
        tuple(node for part in parts for node in part.nodes),
        tuple(way for part in parts for way in part.ways),
        tuple(label for part in parts for label in part.labels),
    )


@dataclass
class _Plan:
    """The boxes of one machine, on their way to their places."""

    names: list[str]
    boxes: list[Picture]
    edges: list[Edge]
    sizes: list[tuple[float, float]] = field(default_factory=list)

    def drawn(self) -> Picture:
        at = {name: number for number, name in enumerate(self.names)}
        loops = {edge.source for edge in self.edges if edge.source == edge.target}
        self.sizes = [
            (box.width + (2 * LOOP if name in loops else 0), box.height)
            for name, box in zip(self.names, self.boxes, strict=True)
        ]
        ways = _merged([edge for edge in self.edges if edge.source != edge.target and edge.target in at])
        links: list[tuple[int, int]] = []
        pulls: list[float] = []
        for edge in ways:
            pulls += [OF_ERRORS if edge.kind is EdgeKind.CATCH else 1.0] * (2 if edge.label else 1)
            if edge.label:
                self.sizes.append((min(room_of(edge.label) + 10, LABEL_WIDE), LABEL_HIGH))
                links += [(at[edge.source], len(self.sizes) - 1), (len(self.sizes) - 1, at[edge.target])]
            else:
                links.append((at[edge.source], at[edge.target]))
        laid = laid_out(self.sizes, links, pulls)
        placed = [
            box.moved(laid.places[number][0] + (self.sizes[number][0] - box.width) / 2, laid.places[number][1])
            for number, box in enumerate(self.boxes)
        ]
        lines = Picture(0, 0, (), tuple(self._ways(ways, laid.ways)), tuple(self._labels(ways, laid.places)))
        around = Picture(0, 0, (), tuple(_loop(placed[at[name]].nodes[0]) for name in self.names if name in loops))
        return _together(laid.width, laid.height, [*placed, lines, around])

    def _ways(self, edges: Sequence[Edge], points: Sequence[list[Point]]) -> list[Way]:
        """A way with words on it comes in two parts."""
        rest = iter(points)
        found = []
        for edge in edges:
            if edge.label:
                found.append(Way(edge.source, edge.target, edge.kind, tuple(next(rest)), has_arrow=False))
            found.append(Way(edge.source, edge.target, edge.kind, tuple(next(rest))))
        return found

    def _labels(self, edges: Sequence[Edge], places: Sequence[Point]) -> list[Label]:
        found, number = [], len(self.names)
        for edge in edges:
            if edge.label:
                (x, y), (width, height) = places[number], self.sizes[number]
                found.append(Label(x + width / 2, y + height / 2, cut(edge.label, LABEL_WIDE - 10), edge.label))
                number += 1
        return found


def _merged(edges: Sequence[Edge]) -> list[Edge]:
    """Ways between the same two states are one, whatever it is taken for."""
    found: dict[tuple[str, str], Edge] = {}
    for edge in edges:
        ends = edge.source, edge.target
        if ends in found:
            words = " or ".join(filter(None, (found[ends].label, edge.label)))
            found[ends] = replace(found[ends], label=words)
        else:
            found[ends] = edge
    return list(found.values())


def _loop(node: Node) -> Way:
    """From its right side back to it."""
    right, middle = node.x + node.width, node.y + node.height / 2
    out = right + LOOP
    points = ((right, middle + 8), (out, middle + 8), (out, middle - 8), (right, middle - 8))
    return Way(node.state, node.state, EdgeKind.CHOICE, points)
