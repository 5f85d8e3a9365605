"""Line of sight of one item: what it reaches and what reaches it, with shares; sums over a plan are in `sight`."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from planner.model.tables import TIERS
from planner.rules.sight import ways

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from planner.model.plan import Plan

Node: TypeAlias = tuple[str, str]  # a tier and an id
_UPWARDS = tuple(TIERS.split("|"))
_Steps: TypeAlias = "Mapping[Node, Mapping[Node, float]]"


@dataclass(frozen=True, slots=True)
class LineOfSight:
    """Each way of a plan (DOMAIN 3.11), by the item it starts from and by the item it leads to, with its share."""

    upwards: _Steps
    downwards: _Steps

    @classmethod
    def of(cls, plan: Plan) -> LineOfSight:
        """The ways of a plan; a share is the weight of a link by all that leaves, or reaches, an item."""
        links = [
            ((from_type, from_id), (to_type, to_id), weight)
            for from_type, from_id, to_type, to_id, weight in ways(plan).iter_rows()
        ]
        return cls(_shared(links), _shared([(end, start, weight) for start, end, weight in links]))

    def above(self, node: Node) -> dict[Node, float]:
        """What an item reaches: how much of it goes there (0 to 1), itself left out."""
        return _walked(node, self.upwards, _UPWARDS)

    def below(self, node: Node) -> dict[Node, float]:
        """What reaches an item: how much of the item rests on it (0 to 1), itself left out."""
        return _walked(node, self.downwards, _UPWARDS[::-1])

    def reaching(self, outcomes: Iterable[str]) -> dict[str, set[str]]:
        """The ids of each tier that have a way up to one of these outcomes; the outcomes themselves are among them."""
        found: dict[str, set[str]] = {tier: set() for tier in _UPWARDS}
        for outcome in outcomes:
            found["outcome"].add(outcome)
            for tier, item in self.below(("outcome", outcome)):
                found[tier].add(item)
        return found


def _shared(links: Iterable[tuple[Node, Node, float]]) -> _Steps:
    """Weights by start and end as shares of all that starts there."""
    weights: dict[Node, dict[Node, float]] = defaultdict(dict)
    for start, end, weight in links:
        weights[start][end] = weights[start].get(end, 0.0) + weight
    return {start: _parts(ends) for start, ends in weights.items()}


def _parts(ends: Mapping[Node, float]) -> dict[Node, float]:
    whole = sum(ends.values())
    return {end: weight / whole if whole > 0 else 0.0 for end, weight in ends.items()}


def _walked(node: Node, steps: _Steps, tiers: Iterable[str]) -> dict[Node, float]:
    """Follow the steps from tier to tier: the products of the shares along each path, summed."""
    shares: dict[str, dict[Node, float]] = defaultdict(dict)
    shares[node[0]][node] = 1.0
    for tier in tiers:
        for start, share in list(shares[tier].items()):
            for end, part in steps.get(start, {}).items():
                of_tier = shares[end[0]]
                of_tier[end] = of_tier.get(end, 0.0) + share * part
    return {end: share for ends in shares.values() for end, share in ends.items() if end != node}
