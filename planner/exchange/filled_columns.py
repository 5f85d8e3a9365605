"""The columns of a table from the columns of a file: typed, and derived where FORMAT 1 lets another stand for one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from planner.exchange.csv_cells import free_cells
from planner.exchange.file_bytes import UPLOAD, Limits
from planner.exchange.headers import CELL, OPEX, QUARTER, Feed
from planner.exchange.typed_column import TypedColumn, type_columns

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.exchange.csv_records import Records
    from planner.exchange.file_problems import FileProblems
    from planner.model.quarter import Calendar

GUARDED_KINDS = ("text", "list")
PRECISION = "date_precision"
_SPANNING = ("start_date", "end_date")


@dataclass(frozen=True, slots=True)
class Terms:
    """What a file's cells mean, whether they were made safe, and how much the file may hold."""

    calendar: Calendar
    currency: str = ""
    safe_cells: bool = False
    limits: Limits = UPLOAD


@dataclass(frozen=True, slots=True)
class Filled:
    """The typed columns that a file fills, in the order of its rows; `derived` are those it has no header for."""

    frame: pl.DataFrame
    derived: tuple[str, ...] = ()


def fill_columns(records: Records, feeds: list[Feed], terms: Terms, problems: FileProblems) -> Filled:
    """Type every fed column; cells that do not read are empty and told to `problems`."""
    fed = list({(feed.column.name, feed.way): feed for feed in reversed(feeds)}.values())[::-1]
    cells = [_freed(records.cells.to_series(feed.index), feed, terms) for feed in fed]
    read = type_columns([feed.column for feed in fed], cells, terms.calendar)
    typed = {(feed.column.name, feed.way): (feed, column) for feed, column in zip(fed, read, strict=True)}
    for feed, column in typed.values():
        problems.add_misread(feed, records, column)
    values = {name: column.values for (name, way), (_, column) in typed.items() if way == CELL}
    by_quarter = _days_of_quarters(records, typed, values, terms.calendar, problems)
    given = tuple(values)
    _add_costs(records, typed, values, problems)
    _add_precision(values, by_quarter)
    derived = tuple(name for name in (PRECISION,) if name in values and name not in given)
    return Filled(pl.DataFrame(list(values.values())), derived)


def _freed(cells: pl.Series, feed: Feed, terms: Terms) -> pl.Series:
    return free_cells(cells) if terms.safe_cells and feed.column.kind in GUARDED_KINDS else cells


def _days_of_quarters(
    records: Records,
    typed: Mapping[tuple[str, str], tuple[Feed, TypedColumn]],
    values: dict[str, pl.Series],
    calendar: Calendar,
    problems: FileProblems,
) -> list[pl.Series]:
    """Fill days from `start_quarter` and the like; gives the rows in which a start or end came from a quarter."""
    marks = []
    for (name, way), (feed, column) in typed.items():
        marked = column.unplain & ~column.bad
        if way == QUARTER:
            quarters = column.values
            if name in values:
                unlike = _other_quarter(values[name], quarters, calendar)
                said = (
                    f"The quarter is not the one that {name} lies in. Make both say the same, or empty one."
                )
                problems.add_rows(feed, records, unlike.arg_true(), said)
                marked &= values[name].is_null()
                quarters = values[name].zip_with(values[name].is_not_null(), quarters)
            values[name] = quarters
        if name in _SPANNING:
            marks.append(marked)
    return marks


def _other_quarter(days: pl.Series, quarters: pl.Series, calendar: Calendar) -> pl.Series:
    """Where a day and the day that stands for a quarter lie in different quarters."""

    def ordinals(cells: pl.Series) -> pl.Series:
        unlike = cells.drop_nulls().unique()
        found = [calendar.of(day).ordinal for day in unlike]
        return cells.replace_strict(
            unlike, pl.Series(found, dtype=pl.Int64), default=None, return_dtype=pl.Int64
        )

    return (ordinals(days) != ordinals(quarters)).fill_null(value=False)


def _add_costs(
    records: Records,
    typed: Mapping[tuple[str, str], tuple[Feed, TypedColumn]],
    values: dict[str, pl.Series],
    problems: FileProblems,
) -> None:
    """The cost that is not given is the sum of capital and operating cost, not known unless both are."""
    if ("cost", OPEX) not in typed or "capex" not in values:
        return
    feed, column = typed["cost", OPEX]
    opex, capex = column.values, values["capex"]
    if "cost" in values:
        unlike = (capex + opex != values["cost"]).fill_null(value=False)
        said = "The cost is not the sum of capital and operating cost. Make them agree, or empty the operating cost."
        problems.add_rows(feed, records, unlike.arg_true(), said)
        return
    lost = opex.is_not_null() & capex.is_null()
    said = "The operating cost is given but the capital cost is not. Write capex, 0 where there is none."
    problems.add_rows(feed, records, lost.arg_true(), said)
    values["cost"] = (capex + opex).alias("cost")


def _add_precision(values: dict[str, pl.Series], by_quarter: list[pl.Series]) -> None:
    """A project whose start or end was given as a quarter is precise to the quarter unless it says otherwise."""
    marked = [mark for mark in by_quarter if mark.any()]
    if not marked:
        return
    marks = pl.DataFrame([mark.alias(str(place)) for place, mark in enumerate(marked)])
    is_quarter = marks.select(pl.any_horizontal(pl.all())).to_series()
    said = values.get(PRECISION, pl.repeat(None, is_quarter.len(), dtype=pl.String, eager=True))
    quarter = pl.repeat("quarter", is_quarter.len(), dtype=pl.String, eager=True)
    values[PRECISION] = quarter.zip_with(is_quarter & said.is_null(), said).alias(PRECISION)
