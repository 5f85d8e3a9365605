"""How many finishes moved, and by how much: later, earlier, same, set, cleared, in quarters and in days (DOMAIN 3.5).

One typing error swamps a sum, so a median stands beside each; net zero hides movement, so up and down stand apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from planner.rules.figure import Figure
from planner.rules.slip import NO_FINISH, finish_moves

if TYPE_CHECKING:
    from planner.model.plan import Plan

QUARTERS, DAYS = "quarters", "days"
NONE_LATER, NONE_EARLIER = "No finish moved later.", "No finish moved earlier."


@dataclass(frozen=True, slots=True)
class Moved:
    """The finishes that both plans know, in one unit: how many moved which way, by how much in sum and in the middle.

    `later_sum` and `earlier_sum` are positive; `median` is of all moves, those of zero too.
    """

    unit: str
    later: int
    earlier: int
    same: int
    later_sum: int
    earlier_sum: int
    later_median: Figure
    earlier_median: Figure
    median: Figure

    @property
    def net(self) -> int:
        """Later less earlier."""
        return self.later_sum - self.earlier_sum


@dataclass(frozen=True, slots=True)
class FinishCounts:
    """The finishes of work that is live in the baseline and not gone or cancelled in the current plan.

    `set` were not known before, `cleared` are not known now: neither is a slip; `unknown` are known in neither.
    `rows` has a row for each project: project_id, name, end_before, end_after, quarters, days (null where a finish
    is not known in both).
    """

    quarters: Moved
    days: Moved
    set: int
    cleared: int
    unknown: int
    rows: pl.DataFrame


def finish_counts(baseline: Plan, current: Plan) -> FinishCounts:
    """Count the finishes from the baseline to the current plan."""
    moves = finish_moves(baseline, current)
    days = (pl.col("end_after") - pl.col("end_before")).dt.total_days()
    rows = moves.select("project_id", "name", "end_before", "end_after", quarters="moved", days=days)
    had, has = rows["end_before"].is_not_null(), rows["end_after"].is_not_null()
    return FinishCounts(
        quarters=_moved(rows[QUARTERS], QUARTERS),
        days=_moved(rows[DAYS], DAYS),
        set=int((~had & has).sum()),
        cleared=int((had & ~has).sum()),
        unknown=int((~had & ~has).sum()),
        rows=rows,
    )


def count_drifted(rows: pl.DataFrame) -> tuple[int, int]:
    """How many projects finish later and how many earlier by the drift rows of two plans, finished work too.

    A finish moves by its start and its length (DOMAIN 3.1); one that was not known before or is not now has no move.
    """
    ways = {"deferred": 1.0, "extended": 1.0, "accelerated": -1.0, "shortened": -1.0}
    dated = rows.filter((pl.col("table") == "projects") & pl.col("kind").is_in(list(ways)))
    step = pl.col("amount") * pl.col("kind").replace_strict(ways, default=0.0)
    moved = dated.group_by("id").agg(step.sum().alias("moved"))["moved"]
    return int((moved > 0).sum()), int((moved < 0).sum())


def _moved(moves: pl.Series, unit: str) -> Moved:
    known = moves.drop_nulls()
    later, earlier = known.filter(known > 0), -known.filter(known < 0)
    return Moved(
        unit=unit,
        later=later.len(),
        earlier=earlier.len(),
        same=known.len() - later.len() - earlier.len(),
        later_sum=int(later.sum()),
        earlier_sum=int(earlier.sum()),
        later_median=_median(later, NONE_LATER),
        earlier_median=_median(earlier, NONE_EARLIER),
        median=_median(known, NO_FINISH),
    )


def _median(moves: pl.Series, reason: str) -> Figure:
    middle = moves.cast(pl.Float64).median()
    return Figure(middle) if isinstance(middle, float) else Figure.missing(reason)
