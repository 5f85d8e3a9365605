"""The kinds of a project's dates: later, earlier, longer, shorter, shifted, refined; nothing about money or status.

Quarter moves are differences of fiscal ordinals (DOMAIN 3.1), so that finish move = start move + move of the length.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from planner.rules.drift_kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.model.quarter import Calendar

_FINENESS = {"day": 0, "month": 1, "quarter": 2, "half": 3, "year": 4}
_DATES = ("start_date", "end_date")


def ordinal_expr(day: pl.Expr, calendar: Calendar) -> pl.Expr:
    """The ordinal of the fiscal quarter that a day lies in, as `Calendar.of` gives it."""
    shift = 0 if calendar.start_month == 1 else 13 - calendar.start_month
    return (day.dt.year() * 12 + day.dt.month().cast(pl.Int32) - 1 + shift) // 3


def kinds_of_dates(calendar: Calendar) -> list[Kind]:
    """The rules for the dates of changed projects; `refined` takes the place of the others."""
    start, end = (_quarters_moved(name, calendar) for name in _DATES)
    # where the start is not known on both sides, the length is moved by the finish alone
    length = end - start.fill_null(0)
    refined = _is_refined(calendar)
    return [
        Kind("refined", "date_precision", refined),
        Kind("deferred", "start_date", ~refined & (start > 0), start, "quarters"),
        Kind("accelerated", "start_date", ~refined & (start < 0), -start, "quarters"),
        Kind("extended", "end_date", ~refined & (length > 0), length, "quarters"),
        Kind("shortened", "end_date", ~refined & (length < 0), -length, "quarters"),
        _shifted("start_date", start, refined),
        _shifted("end_date", end, refined),
    ]


def _shifted(field: str, quarters: pl.Expr, refined: pl.Expr) -> Kind:
    """A move inside its quarter, where both versions give the day."""
    days = (pl.col(field) - pl.col(f"{field}_before")).dt.total_days()
    daily = (_precision("") == "day") & (_precision("_before") == "day")
    return Kind("shifted", field, ~refined & daily & (quarters == 0) & (days != 0), days, "days")


def _is_refined(calendar: Calendar) -> pl.Expr:
    """Whether dates only moved inside the baseline's precision, or that precision only got finer."""
    moved = pl.any_horizontal(
        (pl.col(name) != pl.col(f"{name}_before")).fill_null(value=False) for name in _DATES
    )
    fineness = [_precision(side).replace_strict(_FINENESS, return_dtype=pl.Int8) for side in ("", "_before")]
    known = pl.any_horizontal(
        pl.col(name).is_not_null() & pl.col(f"{name}_before").is_not_null() for name in _DATES
    )
    precision = _precision("_before")
    stays = (
        pl.when(precision == "year")
        .then(_inside_window())
        .when(precision == "half")
        .then(_stays(lambda name: ordinal_expr(pl.col(name), calendar) // 2))
        .when(precision == "quarter")
        .then(_stays(lambda name: ordinal_expr(pl.col(name), calendar)))
        .when(precision == "month")
        .then(_stays(lambda name: pl.col(name).dt.truncate("1mo")))
        .otherwise(pl.lit(value=False))
    )
    return (moved | (fineness[0] < fineness[1])) & known & stays


def _inside_window() -> pl.Expr:
    """Whether the new dates lie inside the old ones, both ends known on both sides."""
    later = pl.col("start_date") >= pl.col("start_date_before")
    earlier = pl.col("end_date") <= pl.col("end_date_before")
    return (later & earlier).fill_null(value=False)


def _stays(place: Callable[[str], pl.Expr]) -> pl.Expr:
    """Whether each date that both sides know stays in its place."""
    return pl.all_horizontal(
        (place(name) == place(f"{name}_before")).fill_null(value=True) for name in _DATES
    )


def _precision(side: str) -> pl.Expr:
    """The declared precision; a date without one is a day."""
    return pl.col(f"date_precision{side}").fill_null("day")


def _quarters_moved(field: str, calendar: Calendar) -> pl.Expr:
    return ordinal_expr(pl.col(field), calendar) - ordinal_expr(pl.col(f"{field}_before"), calendar)
