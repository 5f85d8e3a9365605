"""Which projects changed place among those that both versions rank: re-prioritised (DOMAIN 3.2); a rank alone is none.

Only the order among common items says that priorities changed: one new project shifts every rank below it. Of the
projects that stay as they are, the ranks alone are counted, and in the current version alone: they are the same ones
in both, so that a million names need not be matched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from planner.rules.drift_cells import live
from planner.rules.drift_rows import rows_where

if TYPE_CHECKING:
    from planner.rules.drift_rows import TableDrift

_RANK, _ID = "priority_rank", "project_id"
_NONE = pl.DataFrame(schema={"id": pl.String, "amount": pl.Int64})


def places_moved(found: TableDrift | None, ranked: pl.DataFrame, least: int) -> pl.DataFrame:
    """Projects that moved at least `least` places among those live and ranked in both: id, amount (+ is up).

    `found` are the differing projects, `ranked` has project_id, status and priority_rank of every current one.
    Projects of the same rank share the best place of theirs.
    """
    if found is None or _RANK not in found.cells:
        return _NONE
    pairs = found.pairs
    in_both = _stands(pairs) & _stands(pairs, "_before")
    changed = in_both & found.cells[_RANK]
    if not changed.any():
        return _NONE
    others = [
        rows_where(pairs[[_ID, _RANK, "status"]], ~(in_both ^ changed)),
        found.added,
    ]  # none of these stays as it is
    ordered = _ranks(ranked).sort().to_numpy()
    apart = pl.concat([_ranks(rows) for rows in others]).sort().to_numpy()
    was, now = (pairs[name].filter(changed).to_numpy() for name in (f"{_RANK}_before", _RANK))
    olds, news = np.sort(was), np.sort(now)
    places = _below(ordered, was) - _below(apart, was) + _below(olds, was)
    gone_up = places - (_below(ordered, now) - _below(apart, now) + _below(news, now))
    least = max(least, 1)
    own = pl.DataFrame([pairs[_ID].filter(changed).alias("id"), pl.Series("amount", gone_up)])
    passed = abs(_below(olds, ordered) - _below(news, ordered)) >= least
    rows = rows_where(own, pl.Series(abs(gone_up) >= least))
    if not passed.any():
        return rows
    ranks = pl.Series(np.unique(ordered[passed]))
    return pl.concat([rows, _passed(ranked, ranks, olds, news, pl.concat([one[_ID] for one in others]))])


def _passed(
    ranked: pl.DataFrame, ranks: pl.Series, olds: np.ndarray, news: np.ndarray, others: pl.Series
) -> pl.DataFrame:
    """The projects of some ranks that keep theirs while others moved past: id, amount."""
    there = ranked.filter(ranked[_RANK].is_in(ranks.implode()))
    there = there.filter(_stands(there) & ~there[_ID].is_in(others.implode()))
    keeps = there[_RANK].to_numpy()
    moved = _below(olds, keeps) - _below(news, keeps)
    return pl.DataFrame([there[_ID].alias("id"), pl.Series("amount", moved)])


def _ranks(projects: pl.DataFrame) -> pl.Series:
    """The ranks of those that are live and ranked."""
    return projects[_RANK].filter(_stands(projects))


def _stands(projects: pl.DataFrame, side: str = "") -> pl.Series:
    """Whether each project is live and ranked; an empty status counts as live."""
    ranks, standing = projects[f"{_RANK}{side}"], live(projects[f"status{side}"])
    return standing & ranks.is_not_null() if ranks.null_count() else standing


def _below(ordered: np.ndarray, ranks: np.ndarray) -> np.ndarray:
    """How many of some ordered ranks are smaller than each of some ranks."""
    return np.searchsorted(ordered, ranks)
