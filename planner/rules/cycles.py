"""Cycles of a directed graph, found without recursion; it knows nothing of plans."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Knot:
    """Items that all reach each other, in the order of their ids.

    `cycle` is a shortest way round from the first id on, which is not repeated at its end; an edge from an item to
    itself is a cycle of one. `is_single` says that there is no other way round: it takes all items in.
    """

    items: tuple[str, ...]
    cycle: tuple[str, ...]
    is_single: bool


def find_knots(edges: Iterable[tuple[str, str]]) -> list[Knot]:
    """The knots of a graph, in the order of their first ids.

    The cycles in a knot can be more than anybody could read, so they are not listed.
    """
    following: dict[str, list[str]] = {}
    for start, end in sorted(set(edges)):
        following.setdefault(start, []).append(end)
        following.setdefault(end, [])
    knots = [knot for knot in _knots(_trimmed(following)) if len(knot) > 1 or knot[0] in following[knot[0]]]
    return sorted((_knot(knot, following) for knot in knots), key=lambda knot: knot.items[0])


def _knot(items: list[str], following: dict[str, list[str]]) -> Knot:
    members = set(items)
    inside = sum(end in members for item in items for end in following[item])
    cycle = _shortest(min(items), members, following)
    return Knot(tuple(sorted(items)), tuple(cycle), is_single=inside == len(items))


def _trimmed(following: dict[str, list[str]]) -> dict[str, list[str]]:
    """Leave out what nothing leads to, again and again: most plans have no cycle and nothing remains."""
    arriving = dict.fromkeys(following, 0)
    for ends in following.values():
        for end in ends:
            arriving[end] += 1
    free = [item for item, count in arriving.items() if count == 0]
    while free:
        for end in following[free.pop()]:
            arriving[end] -= 1
            if arriving[end] == 0:
                free.append(end)
    return {item: [end for end in following[item] if arriving[end]] for item in following if arriving[item]}


def _knots(following: dict[str, list[str]]) -> list[list[str]]:
    """The strongly connected components (Kosaraju: order of leaving, then the graph turned round)."""
    left = _leaving(following)
    turned: dict[str, list[str]] = {item: [] for item in following}
    for start, ends in following.items():
        for end in ends:
            turned[end].append(start)
    seen: set[str] = set()
    knots = []
    for root in reversed(left):
        if root in seen:
            continue
        seen.add(root)
        knot, open_ = [], [root]
        while open_:
            item = open_.pop()
            knot.append(item)
            new = [end for end in turned[item] if end not in seen]
            seen.update(new)
            open_.extend(dict.fromkeys(new))
        knots.append(knot)
    return knots


def _leaving(following: dict[str, list[str]]) -> list[str]:
    """The items in the order in which a walk in depth leaves them."""
    seen: set[str] = set()
    left: list[str] = []
    for root, first in following.items():
        if root in seen:
            continue
        seen.add(root)
        path = [(root, iter(first))]
        while path:
            item, ends = path[-1]
            end = next((end for end in ends if end not in seen), None)
            if end is None:
                left.append(item)
                path.pop()
            else:
                seen.add(end)
                path.append((end, iter(following[end])))
    return left


def _shortest(start: str, knot: set[str], following: dict[str, list[str]]) -> list[str]:
    """A shortest way from an item of a knot back to itself, breadth first."""
    came: dict[str, str] = {}
    layer = [start]
    while layer:
        ahead: list[str] = []
        for item in layer:
            for end in following[item]:
                if end == start:
                    return _traced(item, start, came)
                if end in knot and end not in came:
                    came[end] = item
                    ahead.append(end)
        layer = ahead
    message = f"{start} is in no cycle"
    raise ValueError(message)


def _traced(last: str, start: str, came: dict[str, str]) -> list[str]:
    way = [last]
    while way[-1] != start:
        way.append(came[way[-1]])
    return way[::-1]
