"""Natural limits of a figure over refreshes, and which refreshes are unusual (DOMAIN 3.4); no cause is named."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from planner.rules.figure import Figure

if TYPE_CHECKING:
    from collections.abc import Sequence

_SPREAD = 2.66  # of a process-behaviour chart of single values


@dataclass(frozen=True, slots=True)
class ProcessLimits:
    """The middle and the natural limits of a figure; `unusual` are the places of the values outside."""

    middle: Figure
    lower: Figure
    upper: Figure
    unusual: tuple[int, ...]


def process_limits(values: Sequence[float], least: int) -> ProcessLimits:
    """Mean, and mean less and plus 2.66 x the mean moving range; missing with fewer than `least` values."""
    if len(values) < max(least, 2):
        reason = f"There are {len(values)} refreshes; what is usual shows from {max(least, 2)} on."
        missing = Figure.missing(reason)
        return ProcessLimits(missing, missing, missing, ())
    mean = sum(values) / len(values)
    moving = [abs(after - before) for before, after in pairwise(values)]
    reach = _SPREAD * sum(moving) / len(moving)
    outside = tuple(at for at, value in enumerate(values) if abs(value - mean) > reach)
    return ProcessLimits(Figure(mean), Figure(mean - reach), Figure(mean + reach), outside)
