"""How far from the left each box stands: as near to the boxes that it leads to and from as its neighbours let it."""

from __future__ import annotations

from collections.abc import Sequence

from apps.web.flows.graph.layering import Edge
from apps.web.flows.graph.ordering import Layers

GAP = 28.0
SWEEPS = 16
STRAIGHT = 4.0


def centres(
    layers: Layers,
    edges: Sequence[Edge],
    pulls: Sequence[float],
    widths: Sequence[float],
    is_straight: Sequence[bool],
) -> list[float]:
    """The middle of each box. Each edge pulls its ends together; ``is_straight`` are the bends of ways, which are kept
    straight before all else."""
    near: list[list[tuple[int, float]]] = [[] for _ in widths]
    for (source, target), pull in zip(edges, pulls, strict=True):
        near[source].append((target, pull))
        near[target].append((source, pull))
    rank = {node: at for at, layer in enumerate(layers) for node in layer}
    found = [0.0] * len(widths)
    for layer in layers:
        _apart(layer, [0.0] * len(layer), [1.0] * len(layer), widths, found)
    for sweep in range(SWEEPS):
        side = (1, -1, 0)[sweep % 3]
        for layer in layers if side > 0 else layers[::-1]:
            wanted = [_wanted(node, near[node], rank, side, found) for node in layer]
            weights = [_weight(near[node], is_straight=is_straight[node]) for node in layer]
            _apart(layer, wanted, weights, widths, found)
    return found


def _weight(near: list[tuple[int, float]], *, is_straight: bool) -> float:
    """How much it counts where it wants to be."""
    return max((pull for _, pull in near), default=1.0) * (STRAIGHT if is_straight else 1.0)


def _wanted(node: int, near: list[tuple[int, float]], rank: dict[int, int], side: int, found: list[float]) -> float:
    """The mean of its neighbours above (``side`` 1), below (-1), or on both sides."""
    chosen = [(one, pull) for one, pull in near if not side or rank[one] == rank[node] - side]
    if not chosen:
        return found[node]
    return sum(found[one] * pull for one, pull in chosen) / sum(pull for _, pull in chosen)


def _apart(
    layer: list[int], wanted: list[float], weights: list[float], widths: Sequence[float], found: list[float]
) -> None:
    """As near to what is wanted as they may be without touching: neighbours that would, move as one block.

    The least squares under distances from one to the next, found by pooling.
    """
    offsets, across = [], 0.0
    for at, node in enumerate(layer):
        across += (widths[layer[at - 1]] + widths[node]) / 2 + GAP if at else 0.0
        offsets.append(across)
    blocks: list[tuple[float, float, int]] = []
    for place, offset, weight in zip(wanted, offsets, weights, strict=True):
        block = (weight * (place - offset), weight, 1)
        while blocks and blocks[-1][0] / blocks[-1][1] > block[0] / block[1]:
            before = blocks.pop()
            block = (before[0] + block[0], before[1] + block[1], before[2] + block[2])
        blocks.append(block)
    at = 0
    for total, weight, size in blocks:
        for one in range(at, at + size):
            found[layer[one]] = total / weight + offsets[one]
        at += size
