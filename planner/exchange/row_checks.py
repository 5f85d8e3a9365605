"""Which typed rows of a file stand: those with their needed cells, a key of their own, and settings that are some."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from planner.exchange.cells import missing
from planner.exchange.file_problems import MOST_PROBLEMS
from planner.exchange.misread import shown
from planner.model.ledgers import LEDGERS
from planner.model.settings import SETTINGS, setting_problem

if TYPE_CHECKING:
    from planner.exchange.csv_records import Records
    from planner.exchange.file_problems import FileProblems
    from planner.exchange.headers import Feed
    from planner.model.table import Table


def keep_sound_rows(
    table: Table, records: Records, feeds: list[Feed], frame: pl.DataFrame, problems: FileProblems
) -> pl.DataFrame:
    """Keep the rows that can stand in the table; the others are told to `problems`."""
    by_name = {feed.column.name: feed for feed in reversed(feeds)}
    for column in table.columns:
        if column.required and column.name in by_name:
            feed = by_name[column.name]
            empty = records.cells.to_series(feed.index).is_null().arg_true()
            problems.add_rows(feed, records, empty, missing(column))
    if any(column.key and column.required and column.name not in by_name for column in table.columns):
        return frame.clear()
    blank = [column.name for column in table.columns if column.blank_key]
    frame = frame.with_columns(
        (pl.col(name).fill_null("") if name in frame.columns else pl.lit("")).alias(name) for name in blank
    )
    needed = [column.name for column in table.columns if column.required and column.name in by_name]
    whole = frame.select(pl.all_horizontal(pl.col(needed).is_not_null())).to_series()
    if table.name == "settings":
        _tell_unfit_settings(records, frame, problems)
    again = whole & _is_repeated(table, frame)
    _tell_repeated(table, records, by_name[table.key[0]], frame, again, problems)
    return frame.filter(whole & ~again)


def _is_repeated(table: Table, frame: pl.DataFrame) -> pl.Series:
    """Whether the key stands in an earlier row; a ledger's row that restates may repeat it."""
    again = frame.select(~pl.struct(table.key).is_first_distinct()).to_series()
    if table.name in LEDGERS and "restates" in frame.columns:
        again &= ~frame["restates"].fill_null(value=False)
    return again


def _tell_repeated(
    table: Table,
    records: Records,
    feed: Feed,
    frame: pl.DataFrame,
    again: pl.Series,
    problems: FileProblems,
) -> None:
    rows = again.arg_true().head(MOST_PROBLEMS)
    if not rows.len():
        return
    keys = frame.select(table.key).with_columns(line=records.lines)
    first = keys.unique(table.key, keep="first")
    told = keys.select(table.key)[rows].join(first, on=list(table.key), how="left", maintain_order="left")
    for row, (*key, line) in zip(rows, told.iter_rows(), strict=True):
        joined = ":".join(key)
        said = f"The {table.one} {shown(joined)} is already on line {line}. Keep one of the two rows."
        problems.add_one(records.lines[row], feed.header, joined, said)
    problems.count += int(again.sum()) - rows.len()


def _tell_unfit_settings(records: Records, frame: pl.DataFrame, problems: FileProblems) -> None:
    """Each setting must be one that is known, and hold what it may."""
    if "value" not in frame.columns:
        return
    for row, (key, value) in enumerate(frame.select("key", "value").iter_rows()):
        said = setting_problem(key, value) if key is not None else None
        if said is not None:
            column, text = ("value", value) if key in SETTINGS else ("key", key)
            problems.add_one(records.lines[row], column, text, said)
