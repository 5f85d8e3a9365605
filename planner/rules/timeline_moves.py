"""How a project of a roadmap moved since the baseline, in quarters and in words; kinds of drift are rules/drift."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from planner.rules.sight import is_live
from planner.rules.zones import fiscal_months, ordinal_of_day

if TYPE_CHECKING:
    from planner.model.plan import Plan
    from planner.model.quarter import Calendar

LATER, EARLIER, NEW, NEUTRAL, GONE = "later", "earlier", "new", "neutral", "stopped"
_BEFORE = ("start_before", "end_before", "precision_before", "live_before")


def with_moves(items: pl.DataFrame, baseline: Plan | None, calendar: Calendar) -> pl.DataFrame:
    """Add moved, moved_text, tone, stopped_since, dates_moved, start_before and end_before to a roadmap's items."""
    known = baseline is not None
    both = items.join(_before(baseline), on="project_id", how="left") if baseline else _without(items)
    live = pl.col("place").is_in(["live", "undated", "finished"])
    placed = both.with_columns(
        finish=ordinal_of_day("end_date", calendar) - ordinal_of_day("end_before", calendar),
        begin=ordinal_of_day("start_date", calendar) - ordinal_of_day("start_before", calendar),
        refined=_is_refined(calendar),
        dates_moved=_differs("start_date", "start_before") | _differs("end_date", "end_before"),
    )
    said = placed.with_columns(moved_text=_words(known=known), tone=_tone(known=known))
    same = live & pl.col("live_before").fill_null(value=False)
    return said.with_columns(
        moved=pl.when(same).then(pl.col("finish")),
        stopped_since=pl.col("place").is_in(["stopped", "removed"]) & pl.col("live_before").fill_null(value=False),
        dates_moved=live & pl.col("dates_moved") & pl.col("start_before").is_not_null()
        & pl.col("end_before").is_not_null(),
    ).drop("finish", "begin", "refined", "live_before", "precision_before")  # fmt: skip


def counts_as(tone: str) -> pl.Expr:
    """Whether an item of `with_moves` is counted as later, earlier or new: by quarters, as drift counts them.

    A finish that moved by days inside its quarter is told beside its bar, and in no count.
    """
    is_toned = pl.col("tone") == tone
    return is_toned if tone == NEW else is_toned & (pl.col("moved").fill_null(0) != 0)


def _before(baseline: Plan) -> pl.DataFrame:
    projects = baseline["projects"].unique("project_id", keep="first")
    return projects.select(
        "project_id",
        pl.col("start_date").alias("start_before"),
        pl.col("end_date").alias("end_before"),
        pl.col("date_precision").alias("precision_before"),
        is_live().alias("live_before"),
    )


def _without(items: pl.DataFrame) -> pl.DataFrame:
    types = (pl.Date, pl.Date, pl.String, pl.Boolean)
    return items.with_columns(
        pl.lit(None, dtype=kind).alias(name) for name, kind in zip(_BEFORE, types, strict=True)
    )


def _differs(after: str, before: str) -> pl.Expr:
    return pl.col(after).ne_missing(pl.col(before))


def _is_refined(calendar: Calendar) -> pl.Expr:
    """Whether the dates only became more exact than the baseline said they were (FORMAT 3).

    Known to the year: the new window lies in the old; to the half or the quarter: each date stays in its own.
    """
    precision = pl.col("precision_before")
    inside = (pl.col("start_date") >= pl.col("start_before")) & (pl.col("end_date") <= pl.col("end_before"))
    of_year = (precision == "year") & inside
    of_half = (precision == "half") & _same_part(6, calendar)
    of_quarter = (precision == "quarter") & _same_part(3, calendar)
    return (of_year | of_half | of_quarter).fill_null(value=False)


def _same_part(months: int, calendar: Calendar) -> pl.Expr:
    pairs = (("start_date", "start_before"), ("end_date", "end_before"))
    return pl.all_horizontal(
        fiscal_months(pl.col(after), calendar) // months == fiscal_months(pl.col(before), calendar) // months
        for after, before in pairs
    )


def _tone(*, known: bool) -> pl.Expr:
    finish, gone = pl.col("finish"), pl.col("place").is_in(["stopped", "removed"])
    joins = pl.lit(known) & ~pl.col("live_before").fill_null(value=False)
    days = (pl.col("end_date") - pl.col("end_before")).dt.total_days()
    return (
        pl.when(gone).then(pl.lit(GONE))
        .when(joins & (pl.col("place") != "finished")).then(pl.lit(NEW))
        .when(pl.col("refined") & pl.col("dates_moved")).then(pl.lit(NEUTRAL))
        .when((finish > 0) | (days > 0)).then(pl.lit(LATER))
        .when((finish < 0) | (days < 0)).then(pl.lit(EARLIER))
        .when(pl.lit(known) & pl.col("dates_moved") & ~joins).then(pl.lit(NEUTRAL))
        .otherwise(pl.lit(""))
    )  # fmt: skip


def _words(*, known: bool) -> pl.Expr:
    finish, begin = pl.col("finish"), pl.col("begin")
    was_in = pl.col("live_before").is_not_null()
    joins = pl.lit(known) & (pl.col("place") != "finished")
    moved = pl.col("dates_moved")
    finish_days = (pl.col("end_date") - pl.col("end_before")).dt.total_days()
    start_days = (pl.col("start_date") - pl.col("start_before")).dt.total_days()
    return (
        pl.when(pl.col("place") == "stopped").then(pl.lit("stopped"))
        .when(pl.col("place") == "removed").then(pl.lit("taken off the plan"))
        .when(joins & ~was_in).then(pl.lit("joins the plan"))
        .when(joins & ~pl.col("live_before")).then(pl.lit("back in the plan"))
        .when(~was_in | ~moved).then(pl.lit(""))
        .when(pl.col("refined")).then(pl.lit("dates refined"))
        .when(finish != 0).then(_move(finish, "quarter"))
        .when(finish_days != 0).then(_move(finish_days, "day"))
        .when(pl.col("end_before").is_null() & pl.col("end_date").is_not_null()).then(pl.lit("finish now known"))
        .when(pl.col("end_date").is_null() & pl.col("end_before").is_not_null()).then(pl.lit("finish no longer known"))
        .when(begin != 0).then(pl.concat_str([pl.lit("starts "), _move(begin, "quarter")]))
        .when(start_days != 0).then(pl.concat_str([pl.lit("starts "), _move(start_days, "day")]))
        .when(pl.col("start_date").is_null()).then(pl.lit("start no longer known"))
        .otherwise(pl.lit("start now known"))
    )  # fmt: skip


def _move(amount: pl.Expr, unit: str) -> pl.Expr:
    """A move in words: '1 quarter earlier', '12 days later'."""
    size = amount.abs()
    many = pl.when(size == 1).then(pl.lit("")).otherwise(pl.lit("s"))
    way = pl.when(amount > 0).then(pl.lit(" later")).otherwise(pl.lit(" earlier"))
    return pl.concat_str([size.cast(pl.String), pl.lit(f" {unit}"), many, way])
