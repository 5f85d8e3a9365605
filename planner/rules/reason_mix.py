"""Which reasons the moved money has: churn by reason code (DOMAIN 3.18); it judges no reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from planner.rules.figure import Figure, Measured

if TYPE_CHECKING:
    from planner.rules.churn import Churn

NO_REASON = ""
NOTHING_MOVED = "No money moved from quarter to quarter, so no reason can be weighed by it."
# Of several kinds of one project, the one that moves its money most tells why; those that move none come last.
_MOVES_MONEY = (
    "added",
    "removed",
    "recosted",
    "deferred",
    "accelerated",
    "extended",
    "shortened",
    "refined",
    "set",
    "cleared",
    "completed",
    "started",
)


def reason_mix(churn: Churn, rows: pl.DataFrame) -> Measured:
    """The weighted money that moved, by the reason of the project it moved in; the figure is the share with a reason.

    `rows` are drift rows with their reasons. A project's money counts once, for the reason of the change that moves
    money most (joined or left, cost, dates), else for any that it has. Rows: reason_code (empty for none),
    projects, money, share (of all that moved), the largest first.
    """
    told = churn.disturbed.join(_reasons(rows), on="project_id", how="left").with_columns(
        pl.col("reason_code").fill_null(NO_REASON)
    )
    whole = float(told["money"].sum())
    mixed = told.group_by("reason_code").agg(pl.len().alias("projects"), pl.col("money").sum())
    shared = mixed.with_columns(share=pl.col("money") / whole if whole else pl.lit(None, dtype=pl.Float64))
    ordered = shared.sort(["money", "reason_code"], descending=[True, False])
    given = float(told.filter(pl.col("reason_code") != NO_REASON)["money"].sum())
    return Measured(Figure.ratio(given, whole, NOTHING_MOVED), ordered)


def _reasons(rows: pl.DataFrame) -> pl.DataFrame:
    """The one reason of each project that has some: project_id, reason_code."""
    places = {kind: place for place, kind in enumerate(_MOVES_MONEY)}
    place = pl.col("kind").replace_strict(places, default=len(places), return_dtype=pl.Int64)
    given = rows.filter((pl.col("table") == "projects") & (pl.col("reason_code") != NO_REASON))
    ordered = given.with_columns(place=place).sort("id", "place", "field", "kind")
    return ordered.unique("id", keep="first", maintain_order=True).select(
        pl.col("id").alias("project_id"), "reason_code"
    )
