"""Which layer each box of a network is in: every way leads downwards, but those that close a loop."""

from __future__ import annotations

from collections.abc import Sequence

Edge = tuple[int, int]


def without_loops(count: int, edges: Sequence[Edge]) -> list[Edge]:
    """The edges, with those turned around that lead back to where one came from. The walk begins at 0."""
    following: list[list[int]] = [[] for _ in range(count)]
    for source, target in edges:
        following[source].append(target)
    back: set[Edge] = set()
    seen, open_ones = [False] * count, [False] * count
    for start in range(count):
        if seen[start]:
            continue
        seen[start] = open_ones[start] = True
        way = [(start, iter(following[start]))]
        while way:
            node, rest = way[-1]
            target = next(rest, -1)
            if target < 0:
                open_ones[node] = False
                way.pop()
            elif open_ones[target]:
                back.add((node, target))
            elif not seen[target]:
                seen[target] = open_ones[target] = True
                way.append((target, iter(following[target])))
    return [(target, source) if (source, target) in back else (source, target) for source, target in edges]


def ranks(count: int, edges: Sequence[Edge]) -> list[int]:
    """The layer of each node: one below the lowest of those that lead to it. There must be no loop."""
    following: list[list[int]] = [[] for _ in range(count)]
    missing = [0] * count
    for source, target in edges:
        following[source].append(target)
        missing[target] += 1
    found = [0] * count
    ready = [node for node in range(count) if not missing[node]]
    for node in ready:  # grows meanwhile
        for target in following[node]:
            found[target] = max(found[target], found[node] + 1)
            missing[target] -= 1
            if not missing[target]:
                ready.append(target)
    return found
