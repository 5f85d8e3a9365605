"""The changes of two plans counted another way than the product does: one join a column, nothing shared with drift.

What it gives is the yardstick of the runs: every benchmark that finds changes is held to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from planner.model.tables import FINGERPRINTED, TABLES

if TYPE_CHECKING:
    from planner.model.plan import Plan

COLUMNS = ("table", "id", "change", "field", "before", "after")
_SCHEMA = dict.fromkeys(COLUMNS, pl.String)


class UnlikeChangesError(Exception):
    """Two ways of finding the changes do not agree, so that their times mean nothing."""


def changes_of(baseline: Plan, current: Plan) -> pl.DataFrame:
    """Every added row, removed row and changed cell: the columns above, sorted."""
    found = [pl.DataFrame(schema=_SCHEMA)]
    for name in FINGERPRINTED:
        found += _changes_of_table(name, baseline[name], current[name])
    return pl.concat(found).sort(COLUMNS)


def cells_of(rows: pl.DataFrame) -> pl.DataFrame:
    """The added rows, removed rows and changed cells among drift rows; kinds without a cell left out."""
    cells = (pl.col("change") != "changed") | (pl.col("field") != "")
    # a cell has one row for each of its kinds
    return rows.filter(cells).select(COLUMNS).unique().sort(COLUMNS)


def hold_alike(found: pl.DataFrame, expected: pl.DataFrame) -> int:
    """How many changes both have; raises UnlikeChangesError where one has another."""
    if not found.equals(expected):
        unlike = found.join(expected, on=list(COLUMNS), how="anti").head(3).to_dicts()
        raise UnlikeChangesError(f"{found.height} changes, {expected.height} expected, such as {unlike}")
    return found.height


def counts_of(changes: pl.DataFrame, table: str) -> tuple[int, int, int]:
    """How many rows of a table were added, how many removed, and how many of its cells changed."""
    of_table = changes.filter(pl.col("table") == table)["change"]
    added, removed, changed = ((of_table == change).sum() for change in ("added", "removed", "changed"))
    return added, removed, changed


def _changes_of_table(name: str, before: pl.DataFrame, after: pl.DataFrame) -> list[pl.DataFrame]:
    key, told = list(TABLES[name].key), _id_of(name)
    joined = before.join(after, on=key, suffix=":after")
    cells = [
        joined.filter(pl.col(field).ne_missing(pl.col(f"{field}:after"))).select(
            pl.lit(name).alias("table"),
            told,
            pl.lit("changed").alias("change"),
            pl.lit(field).alias("field"),
            _text(joined[field]).alias("before"),
            _text(joined[f"{field}:after"]).alias("after"),
        )
        for field in TABLES[name].fields
    ]
    whole = [
        frame.select(
            pl.lit(name).alias("table"),
            told,
            pl.lit(change).alias("change"),
            *(pl.lit("").alias(column) for column in ("field", "before", "after")),
        )
        for change, frame in (
            ("added", after.join(before, on=key, how="anti")),
            ("removed", before.join(after, on=key, how="anti")),
        )
    ]
    return cells + whole


def _id_of(name: str) -> pl.Expr:
    """A row's id as FORMAT writes it."""
    key = list(TABLES[name].key)
    if name == "links":
        return pl.format("{}:{}>{}:{}:{}", *key).alias("id")
    return pl.concat_str(key, separator=":").alias("id")


def _text(cells: pl.Series) -> pl.Expr:
    """A cell as text, whole numbers without a point, empty for not known."""
    text = pl.col(cells.name).cast(pl.String)
    return (text.str.strip_suffix(".0") if cells.dtype == pl.Float64 else text).fill_null("")
