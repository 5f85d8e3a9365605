"""One CSV file of one table, both ways: bytes to a settled frame with its problems, and a frame to bytes."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from planner.exchange.cells import missing
from planner.exchange.csv_cells import free_cells, guard_cells
from planner.exchange.csv_records import Records, read_records
from planner.exchange.file_bytes import clean_text
from planner.exchange.headers import OPEX, Feed, Names
from planner.exchange.misread import shown
from planner.exchange.typed_column import TypedColumn, type_column
from planner.model.finding import Problem
from planner.model.fingerprint import number_text
from planner.model.ledgers import LEDGERS
from planner.model.plan import settle
from planner.model.settings import SETTINGS, setting_problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planner.model.quarter import Calendar
    from planner.model.tables import Table

MOST_PROBLEMS = 200
OPEX_VALUES = "operating cost"
GUARDED_KINDS = ("text", "list")
_MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Terms:
    """What a folder's cells mean: its calendar and currency, and whether its cells were made safe."""

    calendar: Calendar
    currency: str = ""
    safe_cells: bool = False


@dataclass(frozen=True, slots=True)
class ReadTable:
    """One file as read: the settled rows that read, the columns it gave, its problems by line and their number.

    Where there are problems, cells that do not read are empty in `frame` and rows without their key left out.
    """

    frame: pl.DataFrame
    given: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    count: int = 0


@dataclass(slots=True)
class _Found:
    """The problems of one file while it is read: the first of each sort, and the number of all."""

    file: str
    problems: list[Problem] = field(default_factory=list)
    count: int = 0

    def add(self, problems: Iterable[Problem], count: int | None = None) -> None:
        kept = list(problems)
        self.problems += kept
        self.count += len(kept) if count is None else count

    def sorted(self) -> tuple[Problem, ...]:
        """By line, at most MOST_PROBLEMS, and one more that says how many there are besides."""
        listed = sorted(self.problems, key=lambda problem: problem.line)[:MOST_PROBLEMS]
        more = self.count - len(listed)
        if more:
            said = f"There are {more:,} more problems in this file. Mend these first and import again."
            listed.append(Problem(self.file, 0, "", "", said))
        return tuple(listed)


def read_table(table: Table, file: str, data: bytes, terms: Terms) -> ReadTable:
    """Read one table's own file."""
    return read_named(table, Names.of(table), file, data, terms)


def read_named(table: Table, names: Names, file: str, data: bytes, terms: Terms) -> ReadTable:
    """Read a file whose headers are `names` into the rows of a table."""
    found = _Found(file)
    text = clean_text(file, data)
    records = text if isinstance(text, Problem) else read_records(file, text, names.knows)
    if isinstance(records, Problem):
        found.add([records])
        return ReadTable(settle(table, None), (), found.sorted(), found.count)
    found.add(records.problems)
    feeds, problems = names.match(file, records.header, terms.currency)
    found.add(problems)
    found.add(_unnamed(file, records))
    frame = _typed_frame(table, records, feeds, terms, found)
    frame = _checked_rows(table, records, feeds, frame, found)
    given = tuple(name for name in table.names if name in frame.columns)
    return ReadTable(_settled(table, frame), given, found.sorted(), found.count)


def write_table(table: Table, frame: pl.DataFrame) -> bytes:
    """Write a settled frame as its own file: every column, safe cells, always the same bytes."""
    return write_safe(frame, tuple(c.name for c in table.columns if c.kind in GUARDED_KINDS)).encode()


def write_safe(frame: pl.DataFrame, guarded: Iterable[str], line_end: str = "\n") -> str:
    """Write a frame as CSV with the texts of some columns guarded, and numbers with the fewest digits."""
    changed: list[pl.Series] = [guard_cells(frame[name].replace("", None)) for name in guarded]
    for name, kind in frame.schema.items():
        if kind == pl.Float64:
            unlike = frame[name].unique().drop_nulls()
            said = pl.Series([number_text(value) for value in unlike], dtype=pl.String)
            changed.append(frame[name].replace_strict(unlike, said, default=None, return_dtype=pl.String))
    return frame.with_columns(changed).write_csv(line_terminator=line_end)


def _typed_frame(
    table: Table, records: Records, feeds: list[Feed], terms: Terms, found: _Found
) -> pl.DataFrame:
    """Type every column of the file that feeds one of the table; derived ones are put where they belong."""
    values: dict[str, pl.Series] = {}
    for feed in feeds:
        if feed.column.name in values and feed.way != OPEX:
            continue
        cells = records.cells.to_series(feed.index)
        if terms.safe_cells and feed.column.kind in GUARDED_KINDS:
            cells = free_cells(cells)
        typed = type_column(feed.column, cells, terms.calendar)
        found.add(_misread(found.file, feed, records, cells, typed), int(typed.bad.sum()))
        if feed.way == OPEX:
            values[OPEX_VALUES] = typed.values
        else:
            values[feed.column.name] = typed.values
        if feed.column.name in {"start_date", "end_date"} and table.name == "projects":
            values[f"by_quarter_{feed.column.name}"] = typed.unplain & ~typed.bad
    frame = pl.DataFrame({name: series for name, series in values.items()})  # noqa: C416
    return _costs_added(_precision_given(frame), records, feeds, found)


def _precision_given(frame: pl.DataFrame) -> pl.DataFrame:
    """A project whose start or end was given as a quarter is precise to the quarter unless it says otherwise."""
    marks = [name for name in frame.columns if name.startswith("by_quarter_")]
    if not marks:
        return frame
    is_quarter = pl.any_horizontal(marks)
    if not frame.select(is_quarter.any()).item():
        return frame.drop(marks)
    said = pl.col("date_precision") if "date_precision" in frame.columns else pl.lit(None, dtype=pl.String)
    precision = pl.when(said.is_null() & is_quarter).then(pl.lit("quarter")).otherwise(said)
    return frame.with_columns(date_precision=precision).drop(marks)


def _costs_added(frame: pl.DataFrame, records: Records, feeds: list[Feed], found: _Found) -> pl.DataFrame:
    """The cost is the sum of capital and operating cost where both are known and it is not given itself."""
    feed = next((feed for feed in feeds if feed.way == OPEX), None)
    if feed is None:
        return frame
    if "cost" in frame.columns or "capex" not in frame.columns:
        return frame.drop(OPEX_VALUES)
    lost = frame.select(pl.col(OPEX_VALUES).is_not_null() & pl.col("capex").is_null())
    said = "opex is given but capex is not, so the cost is not known. Write capex, 0 where there is none."
    rows = lost.to_series().arg_true()
    found.add(_at(found.file, feed, records, rows, said), rows.len())
    return frame.with_columns(cost=pl.col("capex") + pl.col(OPEX_VALUES)).drop(OPEX_VALUES)


def _checked_rows(
    table: Table, records: Records, feeds: list[Feed], frame: pl.DataFrame, found: _Found
) -> pl.DataFrame:
    """Refuse rows that lack a needed cell and rows whose key is there already."""
    by_name = {feed.column.name: feed for feed in reversed(feeds)}
    for column in table.columns:
        if column.required and column.name in by_name:
            feed = by_name[column.name]
            rows = records.cells.to_series(feed.index).is_null().arg_true()
            found.add(_at(found.file, feed, records, rows, missing(column)), rows.len())
    if not set(table.key) <= {c.name for c in table.columns if c.name in frame.columns or c.blank_key}:
        return frame.clear()
    frame = frame.with_columns(
        pl.lit("").alias(name) for name in table.key if name not in frame.columns
    ).with_columns(pl.col(c.name).fill_null("") for c in table.columns if c.blank_key)
    needed = [c.name for c in table.columns if c.required and c.name in frame.columns]
    whole = frame.select(pl.all_horizontal(pl.col(needed).is_not_null())).to_series()
    if table.name == "settings" and "value" in frame.columns:
        found.add(_unfit_settings(found.file, records, frame))
    return frame.filter(whole & ~_repeats(table, records, by_name, frame, whole, found))


def _repeats(
    table: Table,
    records: Records,
    by_name: dict[str, Feed],
    frame: pl.DataFrame,
    whole: pl.Series,
    found: _Found,
) -> pl.Series:
    """Mark the rows whose key stands in an earlier row; a ledger's row may restate."""
    keys = frame.select(table.key)
    again = whole & ~keys.select(pl.struct(pl.all()).is_first_distinct()).to_series()
    if table.name in LEDGERS and "restates" in frame.columns:
        again &= ~frame["restates"].fill_null(value=False)
    rows = again.arg_true().head(MOST_PROBLEMS)
    if not rows.len():
        return again
    first = keys.with_columns(line=records.lines).unique(table.key, keep="first")
    told = keys[rows].join(first, on=list(table.key), how="left", maintain_order="left")
    feed = by_name[table.key[0]]
    for row, (*key, line) in zip(rows, told.iter_rows(), strict=True):
        joined = ":".join(key)
        said = f"The {table.one} {shown(joined)} is already on line {line}. Keep one of the two rows."
        found.add([Problem(found.file, records.lines[row], feed.header, joined[:_MOST_SHOWN], said)])
    found.count += int(again.sum()) - rows.len()
    return again


def _unfit_settings(file: str, records: Records, frame: pl.DataFrame) -> Iterator[Problem]:
    """Each setting must be one that is known, and hold what it may."""
    for row, (key, value) in enumerate(frame.select("key", "value").iter_rows()):
        said = setting_problem(key, value) if key is not None else None
        if said is not None:
            column, text = ("value", value) if key in SETTINGS else ("key", key)
            yield Problem(file, records.lines[row], column, text[:_MOST_SHOWN], said)


def _misread(
    file: str, feed: Feed, records: Records, cells: pl.Series, typed: TypedColumn
) -> Iterator[Problem]:
    for row in typed.bad.arg_true().head(MOST_PROBLEMS):
        text = cells[row]
        said = typed.misread.get(unicodedata.normalize("NFC", text), "The cell does not read.")
        yield Problem(file, records.lines[row], feed.header, text[:_MOST_SHOWN], said)


def _at(file: str, feed: Feed, records: Records, rows: pl.Series, said: str) -> Iterator[Problem]:
    for row in rows.head(MOST_PROBLEMS):
        text = records.cells.to_series(feed.index)[row] or ""
        yield Problem(file, records.lines[row], feed.header, text[:_MOST_SHOWN], said)


def _unnamed(file: str, records: Records) -> Iterator[Problem]:
    """A column without a name is a problem where it holds something."""
    for index, header in enumerate(records.header):
        cells = records.cells.to_series(index)
        if not header.strip() and cells.null_count() < cells.len():
            row = cells.is_not_null().arg_true()[0]
            said = f"Column {index + 1} has no name but holds {shown(cells[row])}. Name it, or empty it."
            yield Problem(file, records.lines[row], "", cells[row][:_MOST_SHOWN], said)


def _settled(table: Table, frame: pl.DataFrame) -> pl.DataFrame:
    settled = settle(table, frame)
    if table.name in LEDGERS:
        return settled.sort(*table.key, "recorded_on", "restates", nulls_last=False)
    return settled
