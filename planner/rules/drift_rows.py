"""Which rows and cells of one table differ between two frames, by id alone; what that means is for drift_kinds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import polars as pl

from planner.model.edit import row_id_expr
from planner.model.fingerprint import number_text
from planner.model.tables import TABLES

if TYPE_CHECKING:
    from planner.model.columns import Column

CELL_SCHEMA = dict.fromkeys(("table", "id", "name", "change", "field", "before", "after"), pl.String)
ADDED, REMOVED, CHANGED = "added", "removed", "changed"
BEFORE = "_before"


@dataclass(frozen=True)
class TableDrift:
    """The differing rows of one table.

    `added` and `removed` are rows that only one side has. `pairs` are the rows that both have and that
    differ somewhere: every column of the current side, and every field of the baseline as `<field>_before`.
    """

    table: str
    added: pl.DataFrame
    removed: pl.DataFrame
    pairs: pl.DataFrame

    @cached_property
    def names(self) -> pl.DataFrame:
        """The id and the name of each changed row."""
        return self.pairs.select(row_id_expr(self.table), name_expr(self.table))


def compare_frames(table: str, baseline: pl.DataFrame, current: pl.DataFrame) -> TableDrift:
    """Set two settled frames of one table against each other; exact, by value, in time linear in the rows."""
    key = TABLES[table].key
    kept_before, kept_after = _common_rows(key, baseline, current)
    removed, left = _split(baseline, kept_before)
    added, right = _split(current, kept_after)
    if left.height != right.height or not left.select(key).equals(right.select(key)):
        added, removed, left, right = _joined(key, baseline, current)
    return TableDrift(table, added, removed, _differing(TABLES[table].fields, left, right))


def changed_cells(drift: TableDrift) -> pl.DataFrame:
    """One row a changed cell, before and after as texts, empty for not known."""
    table = TABLES[drift.table]
    differs = drift.pairs.select(_differ(name).alias(name) for name in table.fields)
    found = [(table.by_name[cells.name], cells) for cells in differs.iter_columns() if cells.any()]
    if not found:
        return pl.DataFrame(schema=CELL_SCHEMA)
    # columns are put together one by one: a frame for each changed field would cost more than the cells
    parts = {
        "id": [drift.names["id"].filter(rows) for _, rows in found],
        "name": [drift.names["name"].filter(rows) for _, rows in found],
        "field": [repeated(column.name, rows) for column, rows in found],
        "before": [
            _texts(column, drift.pairs[f"{column.name}{BEFORE}"].filter(rows)) for column, rows in found
        ],
        "after": [_texts(column, drift.pairs[column.name].filter(rows)) for column, rows in found],
    }
    cells = pl.DataFrame([pl.concat(series).alias(name) for name, series in parts.items()])
    return cells.select(
        pl.lit(drift.table).alias("table"),
        "id",
        "name",
        pl.lit(CHANGED).alias("change"),
        "field",
        pl.col("before", "after").fill_null(""),
    )


def whole_rows(drift: TableDrift, change: str) -> pl.DataFrame:
    """One row an added or removed row, with empty field, before and after."""
    frame = drift.added if change == ADDED else drift.removed
    blank = pl.lit("")
    return frame.select(
        pl.lit(drift.table).alias("table"),
        row_id_expr(drift.table),
        name_expr(drift.table),
        pl.lit(change).alias("change"),
        blank.alias("field"),
        blank.alias("before"),
        blank.alias("after"),
    )


def name_expr(table: str) -> pl.Expr:
    """The name of a row in a column `name`, empty where its table has none."""
    named = "name" in TABLES[table].by_name
    return pl.col("name").fill_null("") if named else pl.lit("").alias("name")


def repeated(word: str | None, rows: pl.Series) -> pl.Series:
    """A word, or an unknown size, for each row that a mask keeps."""
    kind = pl.Float64 if word is None else pl.String
    return pl.Series([word], dtype=kind).new_from_index(0, int(rows.sum()))


def _texts(column: Column, cells: pl.Series) -> pl.Series:
    """The stored values of a column as texts: ISO dates, shortest numbers, null for not known."""
    if column.polars_type is pl.Float64:
        return pl.Series(column.name, [number_text(value) for value in cells], dtype=pl.String)
    return cells.cast(pl.String)


def _common_rows(
    key: tuple[str, ...], baseline: pl.DataFrame, current: pl.DataFrame
) -> tuple[pl.Series | None, pl.Series | None]:
    """Masks of the rows whose key the other side has too; None where that is every row.

    Keys of several columns are matched by a hash of 64 bits first; the caller sets the keys themselves
    against each other afterwards, so that a collision costs time and never an answer.
    """
    left, right = _match_key(key, baseline), _match_key(key, current)
    if left.len() == right.len() and left.equals(right):
        return None, None
    return left.is_in(right.implode()), right.is_in(left.implode())


def _match_key(key: tuple[str, ...], frame: pl.DataFrame) -> pl.Series:
    return frame[key[0]].rename("key") if len(key) == 1 else frame.select(key).hash_rows()


def _split(frame: pl.DataFrame, kept: pl.Series | None) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows that only this side has, and the rows that both have."""
    return (frame.clear(), frame) if kept is None else (frame.filter(~kept), frame.filter(kept))


def _joined(
    key: tuple[str, ...], baseline: pl.DataFrame, current: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """The slow way for frames whose keys do not line up: unsorted ones, or after a hash collision."""
    left, right = baseline.unique(key, keep="first"), current.unique(key, keep="first")
    added, removed = right.join(left, on=key, how="anti"), left.join(right, on=key, how="anti")
    common_left = left.join(right, on=key, how="semi").sort(key)
    common_right = right.join(left, on=key, how="semi").sort(key)
    return added.sort(key), removed.sort(key), common_left, common_right


def _differing(fields: tuple[str, ...], left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
    """The rows that differ in any field, side by side."""
    before = [left[name].alias(f"{name}{BEFORE}") for name in fields]
    pairs = right.hstack(before)
    return pairs.filter(pl.any_horizontal(_differ(name) for name in fields))


def _differ(field: str) -> pl.Expr:
    return pl.col(field).ne_missing(pl.col(f"{field}{BEFORE}"))
