"""In which order the boxes of a layer stand, so that few ways cross: by the mean place of their neighbours."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence
from itertools import pairwise

from apps.web.flows.graph.layering import Edge

SWEEPS = 12
Layers = list[list[int]]


def ordered(layers: Layers, edges: Sequence[Edge]) -> Layers:
    """``edges`` lead from each layer to the next. Sweeps down and up, and the best that was seen."""
    above, below = _neighbours(edges)
    best, fewest = layers, crossings(layers, below)
    for sweep in range(SWEEPS):
        if not fewest:
            break
        layers = _swept(layers, below if sweep % 2 else above, is_upwards=bool(sweep % 2))
        number = crossings(layers, below)
        if number < fewest:
            best, fewest = layers, number
    return best


def crossings(layers: Layers, below: dict[int, list[int]]) -> int:
    """How many pairs of ways cross."""
    found = 0
    for upper, lower in pairwise(layers):
        place = {node: at for at, node in enumerate(lower)}
        seen: list[int] = []
        for node in upper:
            targets = [place[target] for target in below.get(node, ())]
            found += sum(len(seen) - bisect_left(seen, target + 1) for target in targets)
            for target in targets:
                insort(seen, target)
    return found


def _neighbours(edges: Sequence[Edge]) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    above: dict[int, list[int]] = {}
    below: dict[int, list[int]] = {}
    for source, target in edges:
        below.setdefault(source, []).append(target)
        above.setdefault(target, []).append(source)
    return above, below


def _swept(layers: Layers, neighbours: dict[int, list[int]], *, is_upwards: bool) -> Layers:
    turned = layers[::-1] if is_upwards else layers
    found = [turned[0]]
    for layer in turned[1:]:
        place = {node: at for at, node in enumerate(found[-1])}
        found.append(_by_mean(layer, place, neighbours))
    return found[::-1] if is_upwards else found


def _by_mean(layer: list[int], place: dict[int, int], neighbours: dict[int, list[int]]) -> list[int]:
    """Those without neighbours there keep their places."""

    def key(at: int) -> float:
        near = neighbours.get(layer[at], ())
        return sum(place[one] for one in near) / len(near) if near else float(at)

    return [layer[at] for at in sorted(range(len(layer)), key=lambda at: (key(at), at))]
