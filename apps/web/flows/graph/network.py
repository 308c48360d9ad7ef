"""Boxes and the ways between them, laid out: each way is a line from the foot of a box to the head of another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from apps.web.flows.graph.layering import Edge, ranks, without_loops
from apps.web.flows.graph.ordering import Layers, ordered
from apps.web.flows.graph.placing import centres

BETWEEN = 26.0
"""From one layer to the next."""
BEND = 8.0
"""The width of a way that passes between boxes."""

OF_LOOPS = 0.1
"""What is left of the pull of a way that leads back."""

Point = tuple[float, float]
Size = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Laid:
    """``places`` are the left upper corners of the boxes, ``ways`` the points of each edge, from its source on."""

    width: float
    height: float
    places: list[Point]
    ways: list[list[Point]]


def laid_out(sizes: Sequence[Size], edges: Sequence[Edge], pulls: Sequence[float]) -> Laid:
    """The first box is where one begins; no edge leads from a box to itself. The stronger an edge pulls, the straighter
    it is."""
    down = without_loops(len(sizes), edges)
    rank = ranks(len(sizes), down)
    chains = _chains(down, rank, len(sizes))
    links = [link for chain in chains for link in pairwise(chain)]
    strengths = [
        pull if pair == edge else pull * OF_LOOPS
        for chain, pull, pair, edge in zip(chains, pulls, down, edges, strict=True)
        for _ in chain[1:]
    ]
    layers = ordered(_layers(rank, chains), links)
    bends = sum(len(chain) - 2 for chain in chains)
    widths = [*(width for width, _ in sizes), *[BEND] * bends]
    middles = centres(layers, links, strengths, widths, is_straight=[*[False] * len(sizes), *[True] * bends])
    left = min(middle - width / 2 for middle, width in zip(middles, widths, strict=True))
    sheet = _Sheet(sizes, [middle - left for middle in middles], layers)
    ways = [sheet.way(chain) for chain in chains]
    return Laid(
        width=max(middle - left + width / 2 for middle, width in zip(middles, widths, strict=True)),
        height=sheet.height,
        places=[sheet.place(node) for node in range(len(sizes))],
        ways=[way if pair == edge else way[::-1] for way, pair, edge in zip(ways, down, edges, strict=True)],
    )


def _chains(edges: Sequence[Edge], rank: Sequence[int], first: int) -> list[list[int]]:
    """Each edge as the nodes that it goes through: a bend in each layer between its ends, numbered from ``first``."""
    chains = []
    for source, target in edges:
        number = rank[target] - rank[source] - 1
        chains.append([source, *range(first, first + number), target])
        first += number
    return chains


def _layers(rank: Sequence[int], chains: Sequence[Sequence[int]]) -> Layers:
    layers: Layers = [[] for _ in range(max(rank) + 1)]
    for node, at in enumerate(rank):
        layers[at].append(node)
    for chain in chains:
        for step, node in enumerate(chain[1:-1], start=1):
            layers[rank[chain[0]] + step].append(node)
    return layers


class _Sheet:
    """Where everything is, once it is known how far from the left."""

    def __init__(self, sizes: Sequence[Size], middles: Sequence[float], layers: Layers) -> None:
        self.sizes, self.middles = sizes, middles
        self._row = {node: at for at, layer in enumerate(layers) for node in layer}
        self._tops: list[float] = []
        self._feet: list[float] = []
        y = 0.0
        for layer in layers:
            self._tops.append(y)
            self._feet.append(y + max((sizes[node][1] for node in layer if node < len(sizes)), default=0.0))
            y = self._feet[-1] + BETWEEN
        self.height = self._feet[-1]

    def place(self, node: int) -> Point:
        width, height = self.sizes[node]
        row = self._row[node]
        return self.middles[node] - width / 2, (self._tops[row] + self._feet[row] - height) / 2

    def way(self, chain: Sequence[int]) -> list[Point]:
        """Upright where it passes a layer, so that it keeps clear of the boxes there."""
        first, last = chain[0], chain[-1]
        foot, head = self.place(first)[1] + self.sizes[first][1], self.place(last)[1]
        points = [(self.middles[first], foot), (self.middles[first], self._feet[self._row[first]])]
        for node in chain[1:-1]:
            points += [
                (self.middles[node], self._tops[self._row[node]]),
                (self.middles[node], self._feet[self._row[node]]),
            ]
        points += [(self.middles[last], self._tops[self._row[last]]), (self.middles[last], head)]
        return list(dict.fromkeys(points))
