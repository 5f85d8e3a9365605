"""One CSV file of one table, both ways: bytes to a settled frame with its problems, and a frame to bytes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from planner.exchange.csv_cells import guard_cells
from planner.exchange.csv_records import Records, read_records
from planner.exchange.file_bytes import clean_text
from planner.exchange.file_problems import FileProblems
from planner.exchange.filled_columns import GUARDED_KINDS, Terms, fill_columns
from planner.exchange.headers import Names
from planner.exchange.misread import shown
from planner.exchange.row_checks import keep_sound_rows
from planner.model.finding import Problem
from planner.model.fingerprint import number_text
from planner.model.ledgers import LEDGERS
from planner.model.plan import settle

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.model.table import Table


@dataclass(frozen=True, slots=True)
class ReadTable:
    """One file as read: the settled rows that stand, the columns it gave, its problems by line and their number.

    Where there are problems, cells that do not read are empty in `frame` and rows without their key left out.
    In `derived` columns an empty cell says nothing: the file had no header for them.
    """

    frame: pl.DataFrame
    given: tuple[str, ...]
    derived: tuple[str, ...]
    problems: tuple[Problem, ...]
    count: int


def read_table(table: Table, file: str, data: bytes, terms: Terms, names: Names | None = None) -> ReadTable:
    """Read one file into the rows of a table; its headers are the table's own unless `names` says otherwise."""
    names = names or Names.of(table)
    problems = FileProblems(file)
    text = clean_text(file, data, terms.limits)
    records = text if isinstance(text, Problem) else read_records(file, text, names.knows, terms.limits)
    if isinstance(records, Problem):
        problems.add([records])
        return ReadTable(settle(table, None), (), (), problems.listed(), problems.count)
    problems.add(records.problems)
    feeds, wrong_headers = names.match(file, records.header, terms.currency)
    problems.add(wrong_headers)
    if not records.cells.height:
        fed = {feed.column.name for feed in feeds}
        named = tuple(name for name in table.names if name in fed)
        return ReadTable(settle(table, None), named, (), problems.listed(), problems.count)
    _tell_unnamed(records, problems)
    filled = fill_columns(records, feeds, terms, problems)
    frame = keep_sound_rows(table, records, feeds, filled.frame, problems)
    given = tuple(name for name in table.names if name in frame.columns)
    return ReadTable(_settled(table, frame), given, filled.derived, problems.listed(), problems.count)


def write_table(table: Table, frame: pl.DataFrame) -> bytes:
    """Write a settled frame as its own file: every column, safe cells, always the same bytes."""
    return write_safe(frame, tuple(column.name for column in table.columns if column.kind in GUARDED_KINDS))


def write_safe(frame: pl.DataFrame, guarded: Iterable[str], line_end: str = "\n") -> bytes:
    """Write a frame as CSV with the texts of some columns guarded, and numbers with the fewest digits."""
    if not frame.height:
        return (",".join(frame.columns) + line_end).encode()
    changed = [guard_cells(frame[name].replace("", None)) for name in guarded]
    for name, kind in frame.schema.items():
        if kind == pl.Float64:
            unlike = frame[name].drop_nulls().unique()
            said = pl.Series([number_text(value) for value in unlike], dtype=pl.String)
            changed.append(frame[name].replace_strict(unlike, said, default=None, return_dtype=pl.String))
    return frame.with_columns(changed).write_csv(line_terminator=line_end).encode()


def _tell_unnamed(records: Records, problems: FileProblems) -> None:
    """A column without a name is a problem where it holds something."""
    for index, header in enumerate(records.header):
        cells = records.cells.to_series(index)
        if not header.strip() and cells.null_count() < cells.len():
            row = cells.is_not_null().arg_true()[0]
            said = f"Column {index + 1} has no name but holds {shown(cells[row])}. Name it, or empty it."
            problems.add_one(records.lines[row], "", cells[row], said)


def _settled(table: Table, frame: pl.DataFrame) -> pl.DataFrame:
    settled = settle(table, frame)
    return settled.sort(*table.key, "recorded_on", "restates") if table.name in LEDGERS else settled
