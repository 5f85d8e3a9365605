"""Which projects are done by other teams than before: re-resourced (DOMAIN 3.2); effort that grows with its mix is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from planner.rules.drift_rows import TableDrift

STAFFED = ("project_id", "team_id", "person_days")
_EFFORT = "person_days"
_DECIMALS = 9  # of shares: 0.55 - 0.45 is 0.1
_NONE = pl.DataFrame(schema={"id": pl.String, "amount": pl.Float64})


def restaffed(
    before: pl.DataFrame, after: pl.DataFrame, phasing: TableDrift | None, least: float
) -> pl.DataFrame:
    """The projects whose team shares of person-days moved by `least` (0 to 1) or more: id, amount (half the sum of moves).

    `before` and `after` have the columns of `STAFFED`, at least of the projects whose phasing differs; of `phasing`
    only these count. Effort that appears or vanishes as a whole is no other mix.
    """
    touched = _touched(phasing)
    if touched.is_empty():
        return _NONE
    mixes = [_shares(side.filter(pl.col("project_id").is_in(touched.implode()))) for side in (before, after)]
    known = [mix.select("project_id").unique() for mix in mixes]
    both = mixes[0].join(mixes[1], on=["project_id", "team_id"], how="full", coalesce=True, suffix="_after")
    common = both.join(known[0], on="project_id", how="semi").join(known[1], on="project_id", how="semi")
    moved = (pl.col("share_after").fill_null(0.0) - pl.col("share").fill_null(0.0)).abs().sum() / 2
    sized = common.group_by(pl.col("project_id").alias("id")).agg(moved.round(_DECIMALS).alias("amount"))
    return sized.filter(pl.col("amount") >= least)


def _touched(phasing: TableDrift | None) -> pl.Series:
    """The projects whose effort differs in some quarter."""
    if phasing is None:
        return pl.Series("project_id", [], dtype=pl.String)
    ids = [frame.drop_nulls(_EFFORT)["project_id"] for frame in (phasing.added, phasing.removed)]
    if _EFFORT in phasing.cells:
        ids.append(phasing.pairs["project_id"].filter(phasing.cells[_EFFORT]))
    return pl.concat(ids).unique()


def _shares(staffed: pl.DataFrame) -> pl.DataFrame:
    """The share of each team in the effort of each project that has some."""
    days = staffed.group_by("project_id", "team_id").agg(pl.col(_EFFORT).sum()).filter(pl.col(_EFFORT) > 0)
    return days.select(
        "project_id", "team_id", share=pl.col(_EFFORT) / pl.col(_EFFORT).sum().over("project_id")
    )
