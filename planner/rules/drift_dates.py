"""The kinds of a project's dates: later, earlier, longer, shorter, shifted, refined; nothing about money or status.

Quarter moves are differences of fiscal ordinals (DOMAIN 3.1), so that finish move = start move + move of the length.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import polars as pl

from planner.model.quarter import Calendar
from planner.rules.drift_kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Callable

_FINENESS = pl.Enum(["day", "month", "quarter", "half", "year"])
_DATES = ("start_date", "end_date")
DATED = (*_DATES, "date_precision")  # no kind of these rules holds where none of them changed


def ordinal_expr(day: pl.Expr, calendar: Calendar) -> pl.Expr:
    """The ordinal of the fiscal quarter that a day lies in, as `Calendar.of` gives it."""
    shift = 0 if calendar.start_month == 1 else 13 - calendar.start_month
    return (day.dt.year() * 12 + day.dt.month().cast(pl.Int32) - 1 + shift) // 3


def with_moves(pairs: pl.DataFrame, calendar: Calendar) -> pl.DataFrame:
    """Add what the rules read: ordinals, moves in quarters (null where not known), and whether they refine."""
    known, moves = _moves(calendar.start_month)
    return pairs.with_columns_seq(known).with_columns_seq(moves)


@cache
def _moves(start_month: int) -> tuple[list[pl.Expr], list[pl.Expr]]:
    """What is known of each date, and what follows from it; made once, for that costs more than asking it."""
    calendar = Calendar(start_month)
    known = [
        *(
            ordinal_expr(pl.col(name), calendar).alias(f"{name}_q")
            for field in _DATES
            for name in (field, f"{field}_before")
        ),
        *(
            pl.col(f"date_precision{side}").fill_null("day").alias(f"precision{side}")
            for side in ("", "_before")
        ),
    ]
    start, end = (pl.col(f"{name}_q") - pl.col(f"{name}_before_q") for name in _DATES)
    # where the start is not known on both sides, the length is moved by the finish alone
    moves = {
        "start_move": start,
        "end_move": end,
        "length_move": end - start.fill_null(0),
        "is_refined": _is_refined(),
    }
    return known, [move.alias(name) for name, move in moves.items()]


@cache
def kinds_of_dates() -> tuple[Kind, ...]:
    """The rules for the dates of changed projects, read by `with_moves`; `refined` replaces the others."""
    start, length, moved = pl.col("start_move"), pl.col("length_move"), ~pl.col("is_refined")
    return (
        Kind("refined", "date_precision", pl.col("is_refined")),
        Kind("deferred", "start_date", moved & (start > 0), start, "quarters"),
        Kind("accelerated", "start_date", moved & (start < 0), -start, "quarters"),
        Kind("extended", "end_date", moved & (length > 0), length, "quarters"),
        Kind("shortened", "end_date", moved & (length < 0), -length, "quarters"),
        _shifted("start_date", start),
        _shifted("end_date", pl.col("end_move")),
    )


def _shifted(field: str, quarters: pl.Expr) -> Kind:
    """A move inside its quarter, where both versions give the day."""
    days = (pl.col(field) - pl.col(f"{field}_before")).dt.total_days()
    daily = (pl.col("precision") == "day") & (pl.col("precision_before") == "day")
    return Kind("shifted", field, ~pl.col("is_refined") & daily & (quarters == 0) & (days != 0), days, "days")


@cache
def _is_refined() -> pl.Expr:
    """Whether dates only moved inside the baseline's precision, or that precision only got finer."""
    moved = pl.any_horizontal(
        (pl.col(name) != pl.col(f"{name}_before")).fill_null(value=False) for name in _DATES
    )
    fineness, finer_than = (
        pl.col(f"precision{side}").cast(_FINENESS).to_physical() for side in ("", "_before")
    )
    known = pl.any_horizontal(
        pl.col(name).is_not_null() & pl.col(f"{name}_before").is_not_null() for name in _DATES
    )
    stays = (
        pl.when(_known_to("year"))
        .then(_inside_window())
        .when(_known_to("half"))
        .then(_stays(lambda name: pl.col(f"{name}_q") // 2))
        .when(_known_to("quarter"))
        .then(_stays(lambda name: pl.col(f"{name}_q")))
        .when(_known_to("month"))
        .then(_stays(lambda name: pl.col(name).dt.truncate("1mo")))
        .otherwise(pl.lit(value=False))
    )
    return (moved | (fineness < finer_than)) & known & stays


def _known_to(word: str) -> pl.Expr:
    """Whether the baseline's dates are declared to be known to this precision."""
    return pl.col("precision_before") == word


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
